import { LONGEST_WORDS } from '@evenkeel/journal';
import Check from 'lucide-react/icons/check';
import { useReducer, useState } from 'react';
import { Redirect, useLocation } from 'wouter';
import type { Message } from '../../i18n/define-messages.ts';
import { useText } from '../../i18n/use-text.ts';
import { useDeviceWord } from '../../platform/media.ts';
import type { LeaveNoteOutcome } from '../../session/contract.ts';
import { useSession, useSessionState } from '../../session/session-context.tsx';
import { Banner } from '../../ui/Banner.tsx';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Page, Quiet } from '../../ui/Page.tsx';
import { TextArea } from '../../ui/TextField.tsx';
import { checkIn, emptyDraft, saysAnything } from './check-in.ts';
import { messages } from './messages.ts';
import { MoodSea } from './MoodSea.tsx';
import { WhichWords } from './WhichWords.tsx';
import { YourPoint } from './YourPoint.tsx';

type Refusal = Extract<LeaveNoteOutcome, { ok: false }>['reason'];

const refusals = {
  'no-room': messages.quickNoRoom,
  'too-many': messages.quickTooMany,
  'not-possible': messages.quickNotPossible,
} satisfies Record<Refusal, Message>;

/** A check-in while the diary is locked: a mood and words go in, and nothing of the diary comes out. */
export function QuickEntryPage() {
  const text = useText();
  const session = useSession();
  const state = useSessionState();
  const device = useDeviceWord();
  const [, navigate] = useLocation();
  const [draft, act] = useReducer(checkIn, emptyDraft);
  const [saving, setSaving] = useState(false);
  const [outcome, setOutcome] = useState<LeaveNoteOutcome | null>(null);
  if (state.status !== 'locked' || !state.quickEntry) return <Redirect to="/" replace />;

  const { mood } = draft;
  const save = async () => {
    if (saving || !saysAnything(draft)) return;
    setSaving(true);
    const left = await session.leaveNote({ mood, text: draft.text }).finally(() => setSaving(false));
    if (left.ok) act({ act: 'start-over', draft: emptyDraft });
    setOutcome(left);
  };

  if (outcome?.ok === true)
    return (
      <Page lone question={text(messages.quickTitle)} closes onBack={() => navigate('/')}>
        <Banner live icon={<Check aria-hidden />} title={text(messages.quickSaved, { device })}>
          {text(messages.quickSavedMore)}
        </Banner>
        <Button look="quiet" wide onClick={() => setOutcome(null)}>
          {text(messages.quickMore)}
        </Button>
        <LinkButton href="/" wide>
          {text(messages.quickOpen)}
        </LinkButton>
      </Page>
    );
  return (
    <Page
      lone
      question={text(messages.quickTitle)}
      closes
      onBack={() => navigate('/')}
      foot={
        <>
          {outcome !== null && (
            <Banner tone="trouble" live>
              {text(refusals[outcome.reason])}
            </Banner>
          )}
          <Button look="primary" wide disabled={saving || !saysAnything(draft)} onClick={() => void save()}>
            {text(messages.save)}
          </Button>
        </>
      }
    >
      <Quiet>{text(messages.quickWhat)}</Quiet>
      <MoodSea
        point={mood.valence === undefined && mood.arousal === undefined ? null : mood}
        onMove={(point) => act({ act: 'place', point })}
        onChoose={() => undefined}
      />
      <YourPoint draft={draft} act={act} />
      <WhichWords draft={draft} act={act} />
      <TextArea
        label={text(messages.words)}
        quietLabel
        value={draft.text}
        maxLength={LONGEST_WORDS}
        onChange={(written) => act({ act: 'write', text: written })}
      />
      <Quiet>{text(messages.quickKept)}</Quiet>
    </Page>
  );
}
