import { useLingui } from '@lingui/react';
import Download from 'lucide-react/icons/download';
import Save from 'lucide-react/icons/save';
import { useEffect, useState } from 'react';
import type { Message } from '../../i18n/define-messages.ts';
import { nearMoment } from '../../i18n/short-dates.ts';
import { useText } from '../../i18n/use-text.ts';
import type { Text } from '../../i18n/use-text.ts';
import { useDeviceWord } from '../../platform/media.ts';
import { REMIND_AFTER_DAYS } from '../../session/backup-contract.ts';
import type {
  BackupState,
  BackupTest,
  BringBackOutcome,
  KeptFile,
  RemindAfterDays,
  SaveBackupOutcome,
} from '../../session/backup-contract.ts';
import { useBackups, useBackupState } from '../../session/backups-context.tsx';
import type { OnProgress } from '../../session/me-contract.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Page, PagePart, Quiet } from '../../ui/Page.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { Select } from '../../ui/Select.tsx';
import { messages } from './backup-messages.ts';
import { backupFaults, opensWithWords, sizeWords } from './backup-words.ts';
import { ChooseFile } from './ChooseFile.tsx';
import styles from './Me.module.css';

type Work = {
  readonly what: 'write' | 'test' | 'bring';
  readonly done: number;
  readonly of: number;
};
type Said = { readonly tone: 'calm' | 'care' | 'trouble'; readonly lines: readonly string[] };

const workMessages = {
  write: messages.writing,
  test: messages.testing,
  bring: messages.backWorking,
} satisfies Record<Work['what'], Message>;

const saveProblems = {
  cancelled: messages.cancelled,
  'no-way': messages.noWay,
  'not-allowed': messages.notAllowed,
  gone: messages.fileGone,
  'no-room': messages.noRoom,
  'not-written': messages.notWritten,
} satisfies Record<Extract<SaveBackupOutcome, { ok: false }>['reason'], Message>;

const testProblems = {
  ...backupFaults,
  'other-diary': messages.otherDiary,
  'no-file': messages.noFile,
  'not-allowed': messages.notAllowed,
} satisfies Record<Extract<BackupTest, { ok: false }>['reason'], Message>;

const bringProblems = {
  ...backupFaults,
  'other-diary': messages.otherDiary,
  'no-room': messages.backNoRoom,
} satisfies Record<Extract<BringBackOutcome, { ok: false }>['reason'], Message>;

const fileMessages = {
  kept: messages.keptUp,
  asks: messages.asks,
  gone: messages.gone,
  full: messages.full,
  failed: messages.failed,
} satisfies Record<Exclude<KeptFile['status'], 'none'>, Message>;

const FILES = '.ekb,application/octet-stream';

/** One file that brings the diary back: saved, kept up to date, tested, brought in. */
export function BackupPage({ base, onBack }: { readonly base: string; readonly onBack: () => void }) {
  const text = useText();
  const { i18n } = useLingui();
  const device = useDeviceWord();
  const backups = useBackups();
  const state = useBackupState();
  const [work, setWork] = useState<Work | null>(null);
  const [said, setSaid] = useState<Said | null>(null);
  const busy = work !== null;
  useEffect(() => void backups.look().catch(() => undefined), [backups]);
  const { file, last } = state;

  async function during<Outcome>(
    what: Work['what'],
    task: (onProgress: OnProgress) => Promise<Outcome>,
  ): Promise<Outcome> {
    setSaid(null);
    return task((progress) => setWork({ what, ...progress })).finally(() => setWork(null));
  }
  const save = async (how: 'saveFile' | 'download' | 'writeNow', good: Message) => {
    const outcome = await during('write', backups[how]);
    setSaid(
      outcome.ok
        ? { tone: 'calm', lines: [text(good, { n: outcome.entries })] }
        : { tone: 'care', lines: [text(saveProblems[outcome.reason])] },
    );
  };
  const test = async (chosen: File | null) => {
    const outcome = await during('test', (onProgress) => backups.test(chosen, onProgress));
    setSaid(testWords(text, outcome, (ms) => nearMoment(i18n, ms)));
  };
  const bringIn = async (chosen: File) => {
    const outcome = await during('bring', (onProgress) => backups.bringBack(chosen, onProgress));
    if (!outcome.ok) {
      setSaid({ tone: 'care', lines: [text(bringProblems[outcome.reason])] });
      return;
    }
    const { added, unreadable } = outcome;
    const lost = unreadable === 0 ? [] : [text(messages.backUnreadable, { n: unreadable })];
    setSaid({
      tone: unreadable === 0 ? 'calm' : 'care',
      lines: [text(messages.backDone, { n: added }), ...lost],
    });
  };

  if (state.opensWith.length === 0) return <NoWay base={base} onBack={onBack} />;
  return (
    <Page title={text(messages.title)} onBack={onBack}>
      <p>{text(messages.why)}</p>
      <LastBackup state={state} />
      {file.status !== 'none' && (
        <Banner tone={file.status === 'kept' ? 'calm' : 'care'}>
          {text(fileMessages[file.status], { name: file.name })}
        </Banner>
      )}
      {work && (
        <Progress label={text(workMessages[work.what])} done={work.of === 0 ? null : work.done / work.of} />
      )}
      <div role="status">
        {said && (
          <Banner tone={said.tone}>
            {said.lines.map((line) => (
              <p key={line}>{line}</p>
            ))}
          </Banner>
        )}
      </div>
      <div className={styles.stack}>
        {file.status !== 'none' && file.status !== 'kept' && file.status !== 'gone' && (
          <Button
            look="primary"
            wide
            disabled={busy}
            onClick={() => void save('writeNow', messages.rewritten)}
          >
            {text(file.status === 'asks' ? messages.allow : messages.tryAgain)}
          </Button>
        )}
        {state.canKeepFile && (
          <Button
            look={file.status === 'none' || file.status === 'gone' ? 'primary' : 'line'}
            wide
            icon={<Save aria-hidden />}
            disabled={busy}
            onClick={() => void save('saveFile', messages.written)}
          >
            {text(file.status === 'none' ? messages.save : messages.saveElsewhere)}
          </Button>
        )}
        <Button
          look={state.canKeepFile ? 'plain' : 'primary'}
          wide
          icon={<Download aria-hidden />}
          disabled={busy}
          onClick={() => void save('download', messages.downloaded)}
        >
          {text(state.canKeepFile ? messages.downloadInstead : messages.download)}
        </Button>
      </div>
      <Quiet>{text(messages.where, { device })}</Quiet>
      <Quiet>{text(messages.sealed)}</Quiet>
      {last !== null && (
        <PagePart title={text(messages.testTitle)} note={text(messages.testText)}>
          {file.status !== 'none' && (
            <Button look="quiet" wide disabled={busy} onClick={() => void test(null)}>
              {text(messages.testKept)}
            </Button>
          )}
          {file.status === 'none' && (
            <ChooseFile
              label={text(messages.testFile)}
              accept={FILES}
              quiet
              busy={busy}
              onFile={(chosen) => void test(chosen)}
            />
          )}
        </PagePart>
      )}
      {file.status === 'none' && last !== null && (
        <Reminder days={state.remindAfterDays} onChoose={(days) => void backups.setReminder(days)} />
      )}
      <PagePart title={text(messages.backTitle)} note={text(messages.backText)}>
        <ChooseFile
          label={text(messages.backFile)}
          accept={FILES}
          quiet
          busy={busy}
          onFile={(chosen) => void bringIn(chosen)}
        />
      </PagePart>
      {file.status !== 'none' && (
        <PagePart title={text(messages.letGo)} note={text(messages.letGoMore)}>
          <Button look="line" wide disabled={busy} onClick={() => void backups.letFileGo()}>
            {text(messages.letGo)}
          </Button>
        </PagePart>
      )}
    </Page>
  );
}

/** Nothing could open a backup again: that is said before one is made. */
function NoWay({ base, onBack }: { readonly base: string; readonly onBack: () => void }) {
  const text = useText();
  return (
    <Page title={text(messages.title)} onBack={onBack}>
      <p>{text(messages.why)}</p>
      <Banner tone="care" title={text(messages.noWayTitle)}>
        {text(messages.noWay)}
      </Banner>
      <LinkButton href={`${base}/kit`} look="primary" wide>
        {text(messages.makeKit)}
      </LinkButton>
    </Page>
  );
}

function LastBackup({ state: { last } }: { readonly state: BackupState }) {
  const text = useText();
  const { i18n } = useLingui();
  if (last === null) return <Quiet>{text(messages.noneYet)}</Quiet>;
  return (
    <Card as="section">
      <h2 className={styles.title}>{text(messages.lastTitle)}</h2>
      <dl className={styles.facts}>
        <dt>{text(messages.lastMade)}</dt>
        <dd>{nearMoment(i18n, last.at)}</dd>
        <dt>{text(messages.lastHolds)}</dt>
        <dd>{text(messages.entries, { n: last.entries })}</dd>
        <dt>{text(messages.lastSize)}</dt>
        <dd>{sizeWords(i18n, last.bytes)}</dd>
        <dt>{text(messages.lastOpens)}</dt>
        <dd>{opensWithWords(text, last.opensWith)}</dd>
      </dl>
      <p className={styles.loss}>
        {last.newer === 0 ? text(messages.allIn) : text(messages.newer, { n: last.newer })}
      </p>
    </Card>
  );
}

function Reminder({
  days,
  onChoose,
}: {
  readonly days: RemindAfterDays;
  readonly onChoose: (days: RemindAfterDays) => void;
}) {
  const text = useText();
  const names = { 7: messages.remind7, 30: messages.remind30, 90: messages.remind90 };
  return (
    <Select
      label={text(messages.remindLabel)}
      hint={text(messages.remindHint)}
      value={String(days ?? 'never')}
      options={[
        ...REMIND_AFTER_DAYS.map((value) => ({ value: String(value), name: text(names[value]) })),
        { value: 'never', name: text(messages.remindNever) },
      ]}
      onChange={(value) => onChoose(REMIND_AFTER_DAYS.find((one) => String(one) === value) ?? null)}
    />
  );
}

function testWords(text: Text, outcome: BackupTest, when: (ms: number) => string): Said {
  if (!outcome.ok) return { tone: 'trouble', lines: [text(testProblems[outcome.reason])] };
  const { madeAt, same, changed, missing, unreadable, opensWith, outdated } = outcome;
  const isWhole = changed + missing + unreadable === 0;
  const [way] = opensWith;
  return {
    tone: unreadable > 0 ? 'trouble' : isWhole ? 'calm' : 'care',
    lines: [
      isWhole
        ? text(messages.testGood, { when: when(madeAt), n: same })
        : text(messages.testBehind, { when: when(madeAt), same }),
      ...(changed > 0 ? [text(messages.testChanged, { n: changed })] : []),
      ...(missing > 0 ? [text(messages.testMissing, { n: missing })] : []),
      ...(unreadable > 0 ? [text(messages.testUnreadable, { n: unreadable })] : []),
      text(
        opensWith.length > 1
          ? messages.testOpensBoth
          : way === 'passphrase'
            ? messages.testOpensPassphrase
            : messages.testOpensRecovery,
      ),
      ...(outdated.includes('recovery') ? [text(messages.testOldRecovery)] : []),
      ...(outdated.includes('passphrase') ? [text(messages.testOldPassphrase)] : []),
    ],
  };
}
