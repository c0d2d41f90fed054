import { EMOTION_WORDS, LONGEST_OWN_TEXT, MOST_MOOD_WORDS, searchWords, wordsNear } from '@evenkeel/journal';
import type { MoodWord } from '@evenkeel/journal';
import Search from 'lucide-react/icons/search';
import { useId, useMemo, useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import type { CheckInDraft } from '../../session/contract.ts';
import { answerWords, feeling } from '../../session/mood-words.ts';
import { Chip, ChipButton, Chips } from '../../ui/Chip.tsx';
import { moodColour } from '../../ui/mood-colour.ts';
import { TextField } from '../../ui/TextField.tsx';
import { emotionWordById } from '@evenkeel/journal';
import { hasWord, isMixed, sameWord } from './check-in.ts';
import type { CheckInAct } from './check-in.ts';
import styles from './CheckInForm.module.css';
import { messages } from './messages.ts';

/** Words offered before “more…”. */
const offered = 8;
const answers = ['dont-know', 'rather-not-say'] as const;
const noWords: readonly MoodWord[] = [];

export function WhichWords({
  draft,
  act,
}: {
  readonly draft: CheckInDraft;
  readonly act: (act: CheckInAct) => void;
}) {
  const text = useText();
  const id = useId();
  const [sought, setSought] = useState('');
  const chosen = draft.mood.words ?? noWords;
  const nearby = useNearbyWords(draft);
  const [all, setAll] = useState(nearby.length === 0);
  const full = chosen.length >= MOST_MOOD_WORDS;

  const shown: readonly MoodWord[] = useMemo(() => {
    if (sought.trim() !== '') {
      return searchWords(sought, (word) => feeling(text, word)).map((word) => ({ id: word.id }));
    }
    const list = all ? EMOTION_WORDS.map((word) => ({ id: word.id })) : nearby;
    return [...chosen.filter((word) => !list.some((other) => sameWord(word, other))), ...list];
  }, [sought, all, nearby, chosen, text]);

  const own = sought.trim();
  const isListed = shown.some((word) => feeling(text, word).toLowerCase() === own.toLowerCase());
  const toggle = (word: MoodWord) => act({ act: 'toggle-word', word });

  return (
    <section className={styles.section} aria-labelledby={id}>
      <h2 id={id}>{text(messages.whichWords)}</h2>
      {all && (
        <TextField
          type="search"
          label={text(messages.searchWords)}
          quietLabel
          value={sought}
          onChange={setSought}
          maxLength={LONGEST_OWN_TEXT}
          icon={<Search aria-hidden />}
        />
      )}
      <div className={all ? styles.all : undefined}>
        <Chips label={text(messages.whichWords)}>
          {shown.map((word) => (
            <WordChip
              key={'id' in word ? word.id : `own ${word.own}`}
              word={word}
              on={hasWord(draft, word)}
              disabled={full && !hasWord(draft, word)}
              onToggle={() => toggle(word)}
            />
          ))}
          {own !== '' && !isListed && !full && (
            <ChipButton
              onClick={() => {
                toggle({ own });
                setSought('');
              }}
            >
              {text(messages.useOwn, { word: own })}
            </ChipButton>
          )}
          {sought === '' && (
            <ChipButton expanded={all} onClick={() => setAll(!all)}>
              {text(all ? messages.fewer : messages.more)}
            </ChipButton>
          )}
        </Chips>
      </div>
      {own !== '' && shown.length === 0 && <p className={styles.quiet}>{text(messages.noSuchWord)}</p>}
      {full && <p className={styles.quiet}>{text(messages.most)}</p>}
      {isMixed(chosen) && <p className={styles.quiet}>{text(messages.mixed)}</p>}
      {all && (
        <Chips label={text(messages.orAnswer)}>
          {answers.map((answer) => (
            <Chip
              key={answer}
              on={draft.mood.answer === answer}
              onToggle={() => act({ act: 'answer', answer })}
            >
              {text(answerWords(answer))}
            </Chip>
          ))}
        </Chips>
      )}
    </section>
  );
}

type WordChipProps = {
  readonly word: MoodWord;
  readonly on: boolean;
  readonly disabled: boolean;
  readonly onToggle: () => void;
};

function WordChip({ word, ...chip }: WordChipProps) {
  const text = useText();
  const listed = 'id' in word ? emotionWordById(word.id) : undefined;
  return (
    <Chip {...chip} {...(listed && { colour: moodColour(listed) })}>
      {feeling(text, word)}
    </Chip>
  );
}

/**
 * The words nearest to where the sea was touched. They stay while words are chosen (a point that follows from
 * the words must not shuffle the words), and change when the point is moved by hand.
 */
function useNearbyWords(draft: CheckInDraft): readonly MoodWord[] {
  const { valence, arousal } = draft.mood;
  const byHand = draft.placedBy === 'hand' && (valence !== undefined || arousal !== undefined);
  return useMemo(
    () =>
      byHand
        ? wordsNear(
            { ...(valence !== undefined && { valence }), ...(arousal !== undefined && { arousal }) },
            offered,
          ).map((word) => ({ id: word.id }))
        : [],
    [byHand, valence, arousal],
  );
}
