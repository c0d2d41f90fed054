import { rangeOf } from '@evenkeel/insights';
import type { RangeChoice } from '@evenkeel/insights';
import { categoryByNumber } from '@evenkeel/journal';
import type { GrantableCategory } from '@evenkeel/journal';
import { useLingui } from '@lingui/react';
import Printer from 'lucide-react/icons/printer';
import { useEffect, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { dateOf } from '../../i18n/dates.ts';
import { nearMoment } from '../../i18n/short-dates.ts';
import type { Message } from '../../i18n/define-messages.ts';
import { useText } from '../../i18n/use-text.ts';
import { useToday } from '../../platform/passing-time.ts';
import { useDesk, useDeskRecord } from '../../session/desk-context.tsx';
import type { ServerWrong } from '../../session/server-wrongs.ts';
import type { Completeness, DeskPerson, DeskRecord, DeskState } from '../../session/desk-contract.ts';
import { useMoodSpeech } from '../../session/use-mood-speech.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Chip, Chips } from '../../ui/Chip.tsx';
import { SharedRecord } from '../../ui/timeline/SharedRecord.tsx';
import { valueTracks } from '../../ui/timeline/value-tracks.ts';
import { nameOf } from './desk-list.ts';
import { DeskPane } from './DeskPane.tsx';
import { messages } from './messages.ts';
import { OwnLabel } from './OwnLabel.tsx';
import { PersonHead } from './PersonHead.tsx';
import { EndedView, LinkedView } from './QuietStates.tsx';
import styles from './Desk.module.css';
import { SincePane } from './SincePane.tsx';

type RecordPageProps = {
  readonly person: DeskPerson;
  readonly state: Extract<DeskState, { status: 'ready' }>;
};

/** One person: what is new, what they shared over time, what the share covers. Opening it is shown to them. */
export function RecordPage({ person, state }: RecordPageProps) {
  const desk = useDesk();
  const { owner } = person;
  const closed = person.status === 'ended' || person.status === 'linked';
  useEffect(() => {
    if (closed) return;
    desk.open(owner);
    return () => desk.close(owner);
  }, [desk, owner, closed]);
  const record = useDeskRecord(owner);
  if (person.status === 'ended') return <EndedView person={person} />;
  if (record.status === 'closed')
    return <EndedView person={{ ...person, ended: person.ended ?? { at: Date.now(), why: record.why } }} />;
  if (person.status === 'linked') return <LinkedView person={person} />;
  return <OpenRecord person={person} state={state} record={record} />;
}

type OpenRecordProps = RecordPageProps & { readonly record: Exclude<DeskRecord, { status: 'closed' }> };

function OpenRecord({ person, state, record }: OpenRecordProps) {
  const text = useText();
  const { i18n } = useLingui();
  const speech = useMoodSpeech();
  const [choice, setChoice] = useState<RangeChoice>(90);
  const { share } = person;
  const today = useToday();
  const period = share?.scope.period;
  const end = period?.kind === 'between' && period.last < today ? period.last : today;
  const moments = record.status === 'open' ? record.moments : none;
  const categories = useMemo(() => (share?.scope.categories ?? []).flatMap(grantable), [share]);
  const values = useMemo(
    () =>
      valueTracks(
        moments,
        rangeOf(
          moments.map((moment) => moment.day),
          choice,
          end,
        ),
      ),
    [moments, choice, end],
  );
  const choices: readonly { readonly choice: RangeChoice; readonly name: string }[] = [
    { choice: 30, name: text(messages.days30) },
    { choice: 90, name: text(messages.days90) },
    { choice: 'all', name: text(messages.daysAll) },
  ];
  const name = nameOf(person);
  return (
    <DeskPane
      head={
        <PersonHead
          person={person}
          acts={
            <>
              <Chips label={text(messages.howMuch)}>
                {choices.map((one) => (
                  <Chip key={one.choice} on={choice === one.choice} onToggle={() => setChoice(one.choice)}>
                    {one.name}
                  </Chip>
                ))}
              </Chips>
              <Button look="quiet" small icon={<Printer aria-hidden />} onClick={() => window.print()}>
                {text(messages.print)}
              </Button>
            </>
          }
        />
      }
      since={
        record.status === 'open' && (
          <>
            <SincePane
              moments={record.moments}
              fresh={record.fresh}
              lookedAt={record.lookedAt}
              values={values}
            />
            <OwnLabel person={person} />
          </>
        )
      }
    >
      <Notices person={person} state={state} record={record} />
      {record.status === 'opening' ? (
        <p className={styles.quiet}>{text(messages.opening)}</p>
      ) : person.status === 'waiting-for-key' && moments.length === 0 ? null : (
        <SharedRecord
          moments={moments}
          standing={record.standing}
          categories={categories}
          choice={choice}
          end={end}
          speech={speech}
          fresh={record.fresh}
        />
      )}
      <p className={styles.printed}>
        {text(messages.printedOn, { date: dateOf(i18n, Date.now()), name })} {text(messages.notWatching)}
      </p>
    </DeskPane>
  );
}

const none: Extract<DeskRecord, { status: 'open' }>['moments'] = [];

function Notices({ person, state, record }: OpenRecordProps) {
  const text = useText();
  const { i18n } = useLingui();
  const [, go] = useLocation();
  return (
    <>
      {person.checked.how === 'not-yet' && (
        <Banner
          tone="care"
          title={text(messages.verifyTitle)}
          actions={
            <LinkButton href={`/desk/words/${person.owner}`} look="line" small>
              {text(messages.compare)}
            </LinkButton>
          }
        >
          {text(messages.verifyText)}
        </Banner>
      )}
      {person.status === 'waiting-for-key' && (
        <Banner tone="care" title={text(messages.waitingKeyTitle)}>
          {text(messages.waitingKeyText)}
        </Banner>
      )}
      {record.status === 'open' && record.waitingForKey > 0 && person.status === 'sharing' && (
        <Banner tone="care">{text(messages.waitingSome, { n: record.waitingForKey })}</Banner>
      )}
      {record.status === 'open' && record.setAside > 0 && (
        <Banner
          tone="trouble"
          actions={
            <Button look="line" small onClick={() => go('/desk/device/server')}>
              {text(messages.thisComputer)}
            </Button>
          }
        >
          {text(messages.setAside, { n: record.setAside })}
        </Banner>
      )}
      {record.status === 'open' && record.wrongs.length > 0 && (
        <Banner tone="trouble" title={text(messages.wrongs)}>
          <ul>
            {record.wrongs.map((wrong) => (
              <li key={wrong}>{text(wrongMessages[wrong])}</li>
            ))}
          </ul>
          <p>{text(messages.wrongsThen)}</p>
        </Banner>
      )}
      <p className={styles.quiet} role="status">
        {record.status === 'open' ? `${completeWords(text, i18n, record.completeness)} ` : ''}
        {!state.online &&
          (state.lastContactAt === null
            ? text(messages.offlineNever)
            : text(messages.offline, { when: nearMoment(i18n, state.lastContactAt) }))}
      </p>
    </>
  );
}

const wrongMessages = {
  'held-back': messages.wrongHeldBack,
  rewritten: messages.wrongRewritten,
  'old-state': messages.wrongOldState,
  unsigned: messages.wrongUnsigned,
  nonsense: messages.wrongNonsense,
  'unproven-end': messages.wrongEnd,
  'not-taken': messages.wrongReceipts,
} satisfies Record<ServerWrong, Message>;

function completeWords(
  text: ReturnType<typeof useText>,
  i18n: Parameters<typeof nearMoment>[0],
  completeness: Completeness,
): string {
  switch (completeness.kind) {
    case 'complete':
      return text(messages.complete, { when: nearMoment(i18n, completeness.asOf) });
    case 'behind':
      return text(messages.behind, { n: completeness.missing, when: nearMoment(i18n, completeness.asOf) });
    case 'restarted':
      return text(messages.restarted);
    case 'unknown':
      return text(messages.unknown);
  }
}

function grantable(number: number): readonly GrantableCategory[] {
  const category = categoryByNumber(number);
  return category === undefined || category === 'settings' || category === 'private' ? [] : [category];
}
