import { useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { useDeviceWord } from '../../platform/media.ts';
import type { LockChoice } from '../../session/contract.ts';
import { useMe, useMeState } from '../../session/me-context.tsx';
import type { AutoLockMinutes, ChangeLockOutcome } from '../../session/me-contract.ts';
import { useSession } from '../../session/session-context.tsx';
import { useCanUsePasskey } from '../../session/use-can-use-passkey.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Chip, Chips } from '../../ui/Chip.tsx';
import { LockChoiceForm } from '../../ui/lock/LockChoiceForm.tsx';
import { Page, PagePart } from '../../ui/Page.tsx';
import { Row, RowLink } from '../../ui/Row.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { changeLockMessages, wayMessages } from './lock-words.ts';
import { messages } from './messages.ts';

type LockPageProps = {
  readonly onBack: () => void;
  /** A clinician's computer holds other people's records: it is not offered "no lock". */
  readonly face: 'person' | 'clinician';
};

const times: readonly AutoLockMinutes[] = [1, 5, 15];

export function LockPage({ onBack, face }: LockPageProps) {
  const text = useText();
  const me = useMe();
  const session = useSession();
  const { known, lock } = useMeState();
  const device = useDeviceWord();
  const [changing, setChanging] = useState(false);
  const [changed, setChanged] = useState(false);
  return (
    <Page title={text(messages.lock)} onBack={onBack} known={known}>
      <Button look="primary" wide onClick={() => void session.lock()}>
        {text(messages.lockNow)}
      </Button>
      <Card rows>
        <Row
          title={text(messages.opensWith)}
          detail={
            lock.methods.length === 0
              ? text(messages.wayNone)
              : lock.methods.map((way) => text(wayMessages[way])).join(', ')
          }
        />
      </Card>
      {changed && <Banner live>{text(messages.changed)}</Banner>}
      {changing ? (
        <ChangeLock
          face={face}
          onDone={(done) => {
            setChanging(false);
            setChanged(done);
          }}
        />
      ) : (
        <Button
          look="quiet"
          wide
          onClick={() => {
            setChanged(false);
            setChanging(true);
          }}
        >
          {text(messages.changeLock)}
        </Button>
      )}
      <PagePart title={text(messages.autoLock)} note={text(messages.autoLockNote)}>
        <Chips label={text(messages.autoLock)}>
          {times.map((minutes) => (
            <Chip
              key={minutes}
              on={lock.autoLockMinutes === minutes}
              onToggle={() => void me.setAutoLock(minutes)}
            >
              {text(messages.minutes, { n: minutes })}
            </Chip>
          ))}
        </Chips>
        <Card rows>
          <Switch
            label={text(messages.lockOnHide)}
            detail={text(messages.lockOnHideMore)}
            on={lock.lockOnHide}
            onChange={(on) => void me.setLockOnHide(on)}
          />
        </Card>
      </PagePart>
      {face === 'person' && (
        <Card rows>
          <Switch
            label={text(messages.sharedDevice, { device })}
            detail={text(messages.sharedDeviceMore)}
            on={lock.shared}
            onChange={(on) => {
              void me.setShared(on);
              if (on && lock.methods.length === 0) setChanging(true);
            }}
          />
        </Card>
      )}
      {face === 'person' && (
        <Card rows>
          <RowLink
            href="/me/finish"
            title={text(messages.finish, { device })}
            detail={text(messages.finishDetail)}
          />
        </Card>
      )}
    </Page>
  );
}

type ChangeProblem = Extract<ChangeLockOutcome, { ok: false }>['reason'];

function ChangeLock({
  face,
  onDone,
}: {
  readonly face: LockPageProps['face'];
  readonly onDone: (changed: boolean) => void;
}) {
  const text = useText();
  const me = useMe();
  const session = useSession();
  const device = useDeviceWord();
  const { lock } = useMeState();
  const passkey = useCanUsePasskey();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ChangeProblem | null>(null);
  const change = async (choice: LockChoice) => {
    setBusy(true);
    setProblem(null);
    const outcome = await me.changeLock(choice).finally(() => setBusy(false));
    if (outcome.ok) onDone(true);
    else setProblem(outcome.reason);
  };
  return (
    <PagePart title={text(messages.changeTitle)} note={text(messages.changeText)}>
      <LockChoiceForm
        device={device}
        passkey={passkey}
        none={face === 'person' && !lock.shared}
        proposeWords={session.proposeWords}
        busy={busy}
        submit={text(busy ? messages.changing : messages.changeYes)}
        onChoose={(choice) => void change(choice)}
        problem={
          problem && (
            <Banner tone="care" live>
              {text(changeLockMessages[problem])}
            </Banner>
          )
        }
      />
      <Button look="plain" wide onClick={() => onDone(false)} disabled={busy}>
        {text(messages.keep)}
      </Button>
    </PagePart>
  );
}
