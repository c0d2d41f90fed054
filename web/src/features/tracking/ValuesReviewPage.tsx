import { LONGEST_WORDS } from '@evenkeel/journal';
import { useState } from 'react';
import type { Message } from '../../i18n/define-messages.ts';
import { useText } from '../../i18n/use-text.ts';
import type { CheckInDraft } from '../../session/contract.ts';
import { closenessWords } from '../../session/mood-words.ts';
import { useDiary, useValues } from '../../session/session-context.tsx';
import { useKeptDraft } from '../../session/use-kept-draft.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Page, Quiet } from '../../ui/Page.tsx';
import { Slider } from '../../ui/Slider.tsx';
import { TextArea } from '../../ui/TextField.tsx';
import { messages } from './messages.ts';

const nothing: CheckInDraft = { about: { kind: 'now' }, mood: {}, values: [], surroundings: {}, text: '' };
const saysAnything = (draft: CheckInDraft) => draft.values.length > 0 || draft.text.trim() !== '';

/**
 * A week looked back on: how close the person was to each thing that matters. Saved as one entry; until then kept
 * sealed, like a check-in.
 */
export function ValuesReviewPage({ onBack }: { readonly onBack: () => void }) {
  const text = useText();
  const diary = useDiary();
  const values = useValues();
  const [draft, setDraft] = useState(nothing);
  const { refused } = useKeptDraft('values-review', draft, {
    onFound: setDraft,
    isWorthKeeping: saysAnything,
  });
  const [saved, setSaved] = useState<string | null>(null);
  const [problem, setProblem] = useState<Message | null>(null);
  const save = async () => {
    const outcome = await diary.save(draft, 'values-review');
    if (outcome.ok) {
      setDraft(nothing);
      setSaved(outcome.id);
    }
    setProblem(outcome.ok ? null : outcome.reason === 'too-much' ? messages.tooMuch : messages.noRoom);
  };
  if (values.length === 0)
    return (
      <Page title={text(messages.reviewTitle)} onBack={onBack}>
        <Quiet>{text(messages.reviewEmpty)}</Quiet>
        <LinkButton href="/me/values" look="quiet">
          {text(messages.myValues)}
        </LinkButton>
      </Page>
    );
  if (saved !== null)
    return (
      <Page title={text(messages.reviewTitle)} onBack={onBack}>
        <Banner tone="calm" live>
          {text(messages.saved)}
        </Banner>
        <LinkButton href={`/entry/${saved}`} look="quiet">
          {text(messages.seeEntry)}
        </LinkButton>
      </Page>
    );
  return (
    <Page
      title={text(messages.reviewTitle)}
      onBack={onBack}
      foot={
        <Button look="primary" wide disabled={draft.values.length === 0} onClick={() => void save()}>
          {text(messages.save)}
        </Button>
      }
    >
      <Quiet>{text(messages.reviewGuide)}</Quiet>
      {(problem || refused) && (
        <Banner tone="trouble" live>
          {text(problem ?? messages.reviewNotKept)}
        </Banner>
      )}
      <div>
        {values.map(({ id, text: name }) => {
          const closeness = draft.values.find(({ value }) => value === id)?.closeness ?? null;
          return (
            <Slider
              key={id}
              label={name}
              min={0}
              max={10}
              step={1}
              value={closeness}
              words={text(closeness === null ? messages.notAnswered : closenessWords(closeness))}
              onChange={(said) =>
                setDraft({
                  ...draft,
                  values: [
                    ...draft.values.filter(({ value }) => value !== id),
                    { value: id, text: name, closeness: said },
                  ],
                })
              }
            />
          );
        })}
      </div>
      <TextArea
        label={text(messages.reviewWords)}
        quietLabel
        value={draft.text}
        maxLength={LONGEST_WORDS}
        onChange={(words) => setDraft({ ...draft, text: words })}
      />
    </Page>
  );
}
