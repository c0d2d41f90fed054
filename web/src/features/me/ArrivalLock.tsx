import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Message } from '../../i18n/define-messages.ts';
import { useText } from '../../i18n/use-text.ts';
import { useDeviceWord } from '../../platform/media.ts';
import type { Beginning } from '../../session/contract.ts';
import type { ArriveOutcome } from '../../session/me-contract.ts';
import { useSession } from '../../session/session-context.tsx';
import { useCanUsePasskey } from '../../session/use-can-use-passkey.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Card } from '../../ui/Card.tsx';
import { LockChoiceForm } from '../../ui/lock/LockChoiceForm.tsx';
import { Page } from '../../ui/Page.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { messages } from './arrival-messages.ts';

type ArriveProblem = Extract<ArriveOutcome, { ok: false }>['reason'];

const problems = {
  cancelled: messages.cancelled,
  'no-passkey': messages.noPasskey,
  'no-storage': messages.noStorage,
  offline: messages.arriveOffline,
  'too-many-devices': messages.tooManyDevices,
} satisfies Record<ArriveProblem, Message>;

type ArrivalLockProps = {
  readonly arrive: (beginning: Beginning) => Promise<ArriveOutcome>;
  readonly onBack: () => void;
  /** What came in, when that is known before the lock. */
  readonly found?: ReactNode;
};

/** The last step of arriving: a lock for this device. The diary opens when it is done. */
export function ArrivalLock({ arrive, onBack, found }: ArrivalLockProps) {
  const text = useText();
  const session = useSession();
  const device = useDeviceWord();
  const [shared, setShared] = useState(false);
  const passkey = useCanUsePasskey();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ArriveProblem | null>(null);
  const finish = async (lock: Beginning['lock']) => {
    setBusy(true);
    setProblem(null);
    const outcome = await arrive({ lock, phone: shared ? 'shared' : 'own' }).finally(() => setBusy(false));
    if (!outcome.ok) setProblem(outcome.reason);
  };
  return (
    <Page lone onBack={onBack} question={text(messages.lockTitle)}>
      {found}
      <p>{text(messages.lockText)}</p>
      <Card rows>
        <Switch
          label={text(messages.sharedDevice, { device })}
          detail={text(messages.sharedDeviceMore)}
          on={shared}
          onChange={setShared}
        />
      </Card>
      <LockChoiceForm
        device={device}
        passkey={passkey}
        none={!shared}
        proposeWords={session.proposeWords}
        busy={busy}
        submit={text(busy ? messages.opening : messages.open)}
        onChoose={(lock) => void finish(lock)}
        problem={
          problem && (
            <Banner tone="trouble" live>
              {text(problems[problem])}
            </Banner>
          )
        }
      />
    </Page>
  );
}
