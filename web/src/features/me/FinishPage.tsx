import { useState } from 'react';
import type { Message } from '../../i18n/define-messages.ts';
import { useText } from '../../i18n/use-text.ts';
import { useDeviceWord } from '../../platform/media.ts';
import type { DraftName, FinishOutcome, FormPath } from '../../session/contract.ts';
import { useSession } from '../../session/session-context.tsx';
import { Banner } from '../../ui/Banner.tsx';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Confirm } from '../../ui/Dialog.tsx';
import { Page, Quiet } from '../../ui/Page.tsx';
import { messages } from './messages.ts';

type Problem = Extract<FinishOutcome, { ok: false }>;

const problems = {
  'no-server': messages.finishNoServer,
  'no-kit': messages.finishNoKit,
  draft: messages.finishDraft,
  waiting: messages.finishWaiting,
  offline: messages.finishOffline,
} satisfies Record<Problem['reason'], Message>;

/** Where what is missing can be mended. */
function mendOf(problem: Problem): { readonly href: string; readonly label: Message } | null {
  switch (problem.reason) {
    case 'no-server':
      return { href: '/me/server', label: messages.server };
    case 'no-kit':
      return { href: '/me/kit', label: messages.kit };
    case 'draft':
      return { href: placeOf(problem.draft), label: messages.finishGoOn };
    case 'waiting':
    case 'offline':
      return null;
  }
}

function placeOf(draft: DraftName | FormPath): string {
  if (draft.startsWith('/')) return draft;
  if (draft === 'values-review') return '/me/values/review';
  return draft.startsWith('edit:') ? `/entry/${draft.slice('edit:'.length)}` : '/';
}

/** For a device that others use too: what happens is said first, and nothing happens that would lose a word. */
export function FinishPage({ onBack }: { readonly onBack: () => void }) {
  const text = useText();
  const session = useSession();
  const device = useDeviceWord();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const mend = problem && mendOf(problem);

  const finish = async () => {
    setAsking(false);
    setBusy(true);
    setProblem(null);
    const outcome = await session.finish().finally(() => setBusy(false));
    if (!outcome.ok) setProblem(outcome);
  };
  return (
    <Page title={text(messages.finish, { device })} onBack={onBack}>
      <p>{text(messages.finishText, { device })}</p>
      <p>{text(messages.finishFirst)}</p>
      <p>{text(messages.finishBack)}</p>
      {problem && (
        <Banner
          tone="care"
          live
          {...(mend && {
            actions: (
              <LinkButton href={mend.href} look="quiet" small>
                {text(mend.label)}
              </LinkButton>
            ),
          })}
        >
          {text(problems[problem.reason])}
        </Banner>
      )}
      <Button look="primary" wide disabled={busy} onClick={() => setAsking(true)}>
        {text(busy ? messages.finishBusy : messages.finishDo)}
      </Button>
      <Quiet>{text(messages.finishLimits)}</Quiet>
      <Confirm
        open={asking}
        title={text(messages.finishTitle, { device })}
        yes={text(messages.finishYes)}
        stop
        onYes={() => void finish()}
        onNo={() => setAsking(false)}
      >
        <p>{text(messages.finishAsk)}</p>
      </Confirm>
    </Page>
  );
}
