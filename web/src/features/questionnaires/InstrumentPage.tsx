import { type InstrumentId, type Scale, type Wording, scaleOf } from '@evenkeel/instruments';
import { useLingui } from '@lingui/react';
import Check from 'lucide-react/icons/check';
import { useLocation } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import { dateOf, dayInside, localDayOf } from '../../i18n/dates.ts';
import { useText } from '../../i18n/use-text.ts';
import { useDeviceWord } from '../../platform/media.ts';
import { safetyWords } from '../../session/moment-words.ts';
import { answeringPath } from '../../session/questionnaires-contract.ts';
import { useQuestionnaires, useStanding } from '../../session/questionnaires-context.tsx';
import { useDiary } from '../../session/session-context.tsx';
import { Banner } from '../../ui/Banner.tsx';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Chip, Chips } from '../../ui/Chip.tsx';
import { Page, PagePart, Quiet } from '../../ui/Page.tsx';
import { questionCount } from './about.ts';
import { abouts, messages } from './messages.ts';
import { INTERVALS, type Plan, nextDay, usePlans } from './plan.ts';
import styles from './Questionnaires.module.css';
import { ResultView } from './ResultView.tsx';
import { useWording } from './use-wording.ts';

/** One questionnaire: what came of it, answering it, how often to be asked, and where it comes from. */
export function InstrumentPage({ instrument }: { readonly instrument: InstrumentId }) {
  const text = useText();
  const { i18n } = useLingui();
  const device = useDeviceWord();
  const [, go] = useLocation();
  const standing = useStanding(instrument);
  const questionnaires = useQuestionnaires();
  const diary = useDiary();
  const plan = usePlans().find((one) => one.instrument === instrument);
  const wording = useWording(instrument);
  const isSaved = useJustSaved();
  const scale = scaleOf(instrument);
  const about = abouts[instrument];
  const answer = answeringPath(instrument);
  const ask = (everyDays: number | null) => {
    const [last] = standing.answered;
    const lastDay = last === undefined || last.when.precision === 'undated' ? null : last.when.day;
    const today = localDayOf(Date.now());
    void diary.setSchedule(
      instrument,
      everyDays === null ? null : { everyDays, from: nextDay(everyDays, lastDay, today) },
    );
  };
  const startOver = async () => {
    await questionnaires.keepDraft(answer, null).catch(() => undefined);
    go(answer);
  };
  return (
    <Page title={scale.title} onBack={() => go('/questionnaires')}>
      <div role="status">
        {isSaved && (
          <Banner icon={<Check aria-hidden />}>
            {text(messages.saved, {
              where: safetyWords(text, { where: 'this-device' }, device, (ms) => dateOf(i18n, ms)),
            })}
          </Banner>
        )}
      </div>
      {wording !== null && <ResultView standing={standing} wording={wording} />}
      <p className={styles.lead}>
        {text(messages.about, { asks: text(about.asks), count: questionCount(text, instrument) })}
      </p>
      <div className={styles.begin}>
        <LinkButton href={answer} look="primary" wide>
          {text(standing.draft === null ? messages.begin : messages.goOn)}
        </LinkButton>
        {standing.draft !== null && (
          <Button look="plain" onClick={() => void startOver()}>
            {text(messages.startOver)}
          </Button>
        )}
      </div>
      <HowOften plan={plan} dayOf={(day) => dayInside(i18n, day)} onChoose={ask} />
      {wording !== null && <WhereFrom wording={wording} scale={scale} />}
    </Page>
  );
}

const everyMessages = { 7: messages.every7, 14: messages.every14, 28: messages.every28 } as const;

type HowOftenProps = {
  readonly plan: Plan | undefined;
  readonly dayOf: (day: string) => string;
  readonly onChoose: (everyDays: number | null) => void;
};

function HowOften({ plan, dayOf, onChoose }: HowOftenProps) {
  const text = useText();
  return (
    <PagePart title={text(messages.howOften)} note={text(messages.howOftenMore)}>
      <Chips label={text(messages.howOften)}>
        <Chip on={plan === undefined} onToggle={() => onChoose(null)}>
          {text(messages.off)}
        </Chip>
        {INTERVALS.map((every) => (
          <Chip key={every} on={plan?.everyDays === every} onToggle={() => onChoose(every)}>
            {text(everyMessages[every])}
          </Chip>
        ))}
      </Chips>
      {plan !== undefined && <Quiet>{text(messages.next, { day: dayOf(plan.from) })}</Quiet>}
    </PagePart>
  );
}

function WhereFrom({ wording, scale }: { readonly wording: Wording; readonly scale: Scale }) {
  const text = useText();
  const ranges = [...new Set(scale.bands.map(({ source }) => source))].join('; ');
  return (
    <PagePart title={text(messages.from)}>
      <Quiet>{wording.name}</Quiet>
      <Quiet>{wording.licence.owner}</Quiet>
      <Quiet>{wording.licence.terms}</Quiet>
      {ranges !== '' && <Quiet>{text(messages.fromRange, { source: ranges })}</Quiet>}
      {scale.reliableChange !== undefined && (
        <Quiet>{text(messages.fromChange, { source: scale.reliableChange.source })}</Quiet>
      )}
    </PagePart>
  );
}

/** The answering page leaves the id of what it saved in the history state. */
function useJustSaved(): boolean {
  const state: unknown = useHistoryState();
  return typeof state === 'object' && state !== null && 'saved' in state;
}
