import { LONGEST_WORDS } from '@evenkeel/journal';
import type { Closeness } from '@evenkeel/journal';
import { useState } from 'react';
import type { Message } from '../../i18n/define-messages.ts';
import { useText } from '../../i18n/use-text.ts';
import { closenessWords } from '../../session/mood-words.ts';
import { useDiary, useValues } from '../../session/session-context.tsx';
import { Banner } from '../../ui/Banner.tsx';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Page, Quiet } from '../../ui/Page.tsx';
import { Slider } from '../../ui/Slider.tsx';
import { TextArea } from '../../ui/TextField.tsx';
import { messages } from './messages.ts';

/** A week looked back on: how close the person was to each thing that matters. Saved as one entry. */
export function ValuesReviewPage({ onBack }: { readonly onBack: () => void }) {
  const text = useText();
  const diary = useDiary();
  const values = useValues();
  const [answers, setAnswers] = useState<ReadonlyMap<string, Closeness>>(new Map());
  const [words, setWords] = useState('');
  const [saved, setSaved] = useState<string | null>(null);
  const [problem, setProblem] = useState<Message | null>(null);
  const save = async () => {
    const outcome = await diary.save({
      about: { kind: 'now' },
      mood: {},
      values: [...answers.values()],
      surroundings: {},
      text: words,
    });
    if (outcome.ok) setSaved(outcome.id);
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
        <Button look="primary" wide disabled={answers.size === 0} onClick={() => void save()}>
          {text(messages.save)}
        </Button>
      }
    >
      <Quiet>{text(messages.reviewGuide)}</Quiet>
      {problem && (
        <Banner tone="trouble" live>
          {text(problem)}
        </Banner>
      )}
      <div>
        {values.map(({ id, text: name }) => {
          const closeness = answers.get(id)?.closeness ?? null;
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
                setAnswers(new Map([...answers, [id, { value: id, text: name, closeness: said }]]))
              }
            />
          );
        })}
      </div>
      <TextArea
        label={text(messages.reviewWords)}
        quietLabel
        value={words}
        maxLength={LONGEST_WORDS}
        onChange={setWords}
      />
    </Page>
  );
}
