import { useMemo } from 'react';
import { useText } from '../i18n/use-text.ts';
import type { MoodSpeech } from '../ui/timeline/mood-speech.ts';
import { answerWords, closenessWords, energyWords, pleasantWords, pointWords } from './mood-words.ts';

/** The words of moods for a timeline: the same ones as in the diary. */
export function useMoodSpeech(): MoodSpeech {
  const text = useText();
  return useMemo(
    () => ({
      pleasant: (valence) => text(pleasantWords(valence)),
      energy: (arousal) => text(energyWords(arousal)),
      closeness: (closeness) => text(closenessWords(closeness)),
      answer: (answer) => text(answerWords(answer)),
      point: ({ valence, arousal }) =>
        pointWords(text, {
          ...(valence === undefined ? {} : { valence }),
          ...(arousal === undefined ? {} : { arousal }),
        }),
    }),
    [text],
  );
}
