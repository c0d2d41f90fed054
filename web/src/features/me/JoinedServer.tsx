import { useLingui } from '@lingui/react';
import type { Message } from '../../i18n/define-messages.ts';
import { nearMoment } from '../../i18n/short-dates.ts';
import { useText } from '../../i18n/use-text.ts';
import type {
  PendingReason,
  QuarantineReason,
  ServerRefusal,
  ServerState,
} from '../../session/me-contract.ts';
import type { ServerWrong } from '../../session/server-wrongs.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { PagePart, Quiet } from '../../ui/Page.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { messages } from './messages.ts';
import styles from './Me.module.css';

type Joined = Extract<ServerState, { status: 'joined' }>;

type JoinedServerProps = {
  readonly server: Joined;
  readonly onPause: () => void;
  readonly onResume: () => void;
};

const syncMessages = {
  live: messages.syncLive,
  offline: messages.syncOffline,
  paused: messages.syncPaused,
  refused: messages.syncRefused,
} satisfies Record<Joined['sync'], Message>;

const pendingMessages = {
  waiting: messages.pendingWaiting,
  'sealing-again': messages.pendingAgain,
  quota: messages.pendingQuota,
  'too-large': messages.pendingLarge,
  'device-removed': messages.pendingDevice,
} satisfies Record<PendingReason, Message>;

const quarantineMessages = {
  tampered: messages.qTampered,
  'unknown-device': messages.qUnknown,
  'removed-device': messages.qRemoved,
  misplaced: messages.qMisplaced,
  'newer-app-needed': messages.qNewer,
} satisfies Record<QuarantineReason, Message>;

const wrongMessages = {
  'held-back': messages.wrongHeldBack,
  rewritten: messages.wrongRewritten,
  'old-state': messages.wrongOldState,
  unsigned: messages.wrongUnsigned,
  nonsense: messages.wrongNonsense,
  'unproven-end': messages.wrongEnd,
  'not-taken': messages.wrongNotTaken,
} satisfies Record<ServerWrong, Message>;

const olderCopyMessages = {
  'open-again': messages.olderCopyAgain,
  'too-many-devices': messages.olderCopyFull,
} satisfies Record<NonNullable<Joined['olderCopy']>, Message>;

const refusalMessages = {
  'device-removed': messages.refusedRemoved,
  suspended: messages.refusedSuspended,
  'not-a-server': messages.refusedNotOurs,
  'other-server': messages.refusedOther,
  'account-unknown': messages.refusedUnknown,
  other: messages.refusedElse,
} satisfies Record<ServerRefusal, Message>;

/** How the copy on the server stands: how much of it is there, what waits and why, what was put aside. */
export function JoinedServer({ server, onPause, onResume }: JoinedServerProps) {
  const text = useText();
  const { i18n } = useLingui();
  return (
    <>
      <Card as="section">
        <div className={styles.stack}>
          <div className={styles.safeHead}>
            <h2 className={styles.title}>{new URL(server.origin).host}</h2>
            <Badge tone={server.sync === 'live' ? 'good' : server.sync === 'refused' ? 'alert' : 'plain'}>
              {text(syncMessages[server.sync])}
            </Badge>
          </div>
          <Progress
            label={text(messages.progress)}
            done={server.entries === 0 ? 1 : server.onServer / server.entries}
            words={text(messages.progressWords, { onServer: server.onServer, of: server.entries })}
          />
          <p className={styles.quiet}>
            {server.completeAsOf === null
              ? text(messages.completeUnknown)
              : text(messages.completeAsOf, { when: nearMoment(i18n, server.completeAsOf) })}{' '}
            {server.lastContactAt !== null &&
              text(messages.lastContact, { when: nearMoment(i18n, server.lastContactAt) })}
          </p>
        </div>
      </Card>
      {server.refusal !== null && <Banner tone="trouble">{text(refusalMessages[server.refusal])}</Banner>}
      {server.olderCopy !== null && (
        <Banner tone="care">
          <p>{text(messages.olderCopy)}</p>
          <p>{text(olderCopyMessages[server.olderCopy])}</p>
        </Banner>
      )}
      {server.restartedAt !== null && (
        <Banner tone="care">
          {text(messages.restarted, { when: nearMoment(i18n, server.restartedAt) })}
        </Banner>
      )}
      {server.pending.length > 0 && (
        <PagePart title={text(messages.waiting)}>
          <ul className={styles.lines}>
            {server.pending.map(({ reason, entries }) => (
              <li key={reason}>{text(pendingMessages[reason], { n: entries })}</li>
            ))}
          </ul>
        </PagePart>
      )}
      {server.wrongs.length > 0 && (
        <PagePart title={text(messages.wrongs)} note={text(messages.wrongsNote)}>
          <ul className={styles.lines}>
            {server.wrongs.map(({ wrong, at }) => (
              <li key={wrong}>
                {text(wrongMessages[wrong])} <span className={styles.quiet}>{nearMoment(i18n, at)}</span>
              </li>
            ))}
          </ul>
        </PagePart>
      )}
      {server.quarantine.length > 0 && (
        <PagePart title={text(messages.quarantine)} note={text(messages.quarantineNote)}>
          <ul className={styles.lines}>
            {server.quarantine.map(({ reason, entries, at }) => (
              <li key={reason}>
                {text(quarantineMessages[reason], { n: entries })}{' '}
                <span className={styles.quiet}>{nearMoment(i18n, at)}</span>
              </li>
            ))}
          </ul>
        </PagePart>
      )}
      {server.servesApp && <Quiet>{text(messages.alsoApp)}</Quiet>}
      {server.sync === 'paused' ? (
        <Button look="primary" wide onClick={onResume}>
          {text(messages.resume)}
        </Button>
      ) : (
        <>
          <Button look="line" wide onClick={onPause} disabled={server.sync === 'refused'}>
            {text(messages.pause)}
          </Button>
          <Quiet>{text(messages.pauseMore)}</Quiet>
        </>
      )}
    </>
  );
}
