import { deviceZone } from '@evenkeel/journal';
import { useState } from 'react';
import type { Message } from '../../i18n/define-messages.ts';
import { useText } from '../../i18n/use-text.ts';
import { useMe } from '../../session/me-context.tsx';
import type { ImportOutcome, ImportRead, ImportReport } from '../../session/me-contract.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Page, Quiet } from '../../ui/Page.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { choicesOf, mapMood, newImportDraft } from './import-draft.ts';
import type { ImportDraft } from './import-draft.ts';
import { BadRows, MoodPlaces, ReportFacts, ZoneChoice } from './ImportViews.tsx';
import { ChooseFile } from './ChooseFile.tsx';
import { messages } from './messages.ts';

type Step =
  | { readonly at: 'choose'; readonly problem: Extract<ImportRead, { ok: false }>['reason'] | null }
  | { readonly at: 'reading' }
  | { readonly at: 'report'; readonly report: ImportReport; readonly draft: ImportDraft }
  | { readonly at: 'working'; readonly done: number; readonly of: number }
  | { readonly at: 'done'; readonly outcome: ImportOutcome }
  | { readonly at: 'undone'; readonly removed: number };

const problems = {
  'not-daylio': messages.inNotDaylio,
  empty: messages.inEmpty,
  'too-large': messages.inTooLarge,
  unreadable: messages.inUnreadable,
} satisfies Record<Extract<ImportRead, { ok: false }>['reason'], Message>;

/** A Daylio file: what is in it, what its moods mean, then bring it in, with one undo. */
export function ImportPage({ base, onBack }: { readonly base: string; readonly onBack: () => void }) {
  const text = useText();
  const me = useMe();
  const [step, setStep] = useState<Step>({ at: 'choose', problem: null });

  const read = async (file: File) => {
    setStep({ at: 'reading' });
    const outcome = await me.readImport(file);
    setStep(
      outcome.ok
        ? { at: 'report', report: outcome.report, draft: newImportDraft(outcome.report, deviceZone()) }
        : { at: 'choose', problem: outcome.reason },
    );
  };
  const bringIn = async (report: ImportReport, draft: ImportDraft) => {
    setStep({ at: 'working', done: 0, of: report.entries });
    const outcome = await me.bringIn(choicesOf(draft), (progress) => setStep({ at: 'working', ...progress }));
    setStep({ at: 'done', outcome });
  };
  const undo = async (id: string, entries: number) => {
    setStep({ at: 'working', done: 0, of: entries });
    const { removed } = await me.undoImport(id, (progress) => setStep({ at: 'working', ...progress }));
    setStep({ at: 'undone', removed });
  };

  return (
    <Page onBack={onBack} title={text(messages.inTitle)}>
      {(step.at === 'choose' || step.at === 'reading') && (
        <>
          <p>{text(messages.inChoose)}</p>
          {step.at === 'choose' && step.problem && (
            <Banner tone="care" live>
              {text(problems[step.problem])}
            </Banner>
          )}
          <ChooseFile
            label={text(step.at === 'reading' ? messages.inReading : messages.inFile)}
            accept=".csv,text/csv"
            busy={step.at === 'reading'}
            onFile={(file) => void read(file)}
          />
        </>
      )}
      {step.at === 'report' && (
        <>
          <ReportFacts report={step.report} />
          <BadRows bad={step.report.bad} />
          <MoodPlaces
            report={step.report}
            draft={step.draft}
            onMap={(name, mapping) => setStep({ ...step, draft: mapMood(step.draft, name, mapping) })}
          />
          <ZoneChoice
            zone={step.draft.zone}
            onZone={(zone) => setStep({ ...step, draft: { ...step.draft, zone } })}
          />
          <Button
            look="primary"
            wide
            disabled={step.report.entries === 0}
            onClick={() => void bringIn(step.report, step.draft)}
          >
            {step.report.entries === 0
              ? text(messages.inNothing)
              : text(messages.inYes, { n: step.report.entries })}
          </Button>
          <Button look="plain" wide onClick={() => setStep({ at: 'choose', problem: null })}>
            {text(messages.inOther)}
          </Button>
        </>
      )}
      {step.at === 'working' && (
        <>
          <Progress
            label={text(messages.inProgress)}
            done={step.of === 0 ? null : step.done / step.of}
            words={text(messages.inProgressWords, { done: step.done, of: step.of })}
          />
          <Quiet>{text(messages.inLeave)}</Quiet>
        </>
      )}
      {step.at === 'done' && (
        <Result outcome={step.outcome} onUndo={(id, entries) => void undo(id, entries)} />
      )}
      {step.at === 'undone' && (
        <>
          <Banner live>{text(messages.inUndone, { n: step.removed })}</Banner>
          <LinkButton href={`${base}/data`} look="primary" wide>
            {text(messages.done)}
          </LinkButton>
        </>
      )}
    </Page>
  );
}

function Result({
  outcome,
  onUndo,
}: {
  readonly outcome: ImportOutcome;
  readonly onUndo: (id: string, entries: number) => void;
}) {
  const text = useText();
  return (
    <>
      {outcome.ok ? (
        <Banner live>
          {text(messages.inDone, { n: outcome.added })}{' '}
          {outcome.alreadyHere > 0 && text(messages.inDoneHere, { n: outcome.alreadyHere })}
        </Banner>
      ) : (
        <Banner tone="trouble" live>
          {text(messages.inNoRoom, { n: outcome.added })}
        </Banner>
      )}
      <LinkButton href="/journal" look="primary" wide>
        {text(messages.toJournal)}
      </LinkButton>
      <Button look="line" wide onClick={() => onUndo(outcome.id, outcome.added)}>
        {text(messages.inUndo)}
      </Button>
    </>
  );
}
