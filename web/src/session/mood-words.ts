import { emotionWordById } from '@evenkeel/journal';
import type { Mood, MoodWord } from '@evenkeel/journal';
import { defineMessages } from '../i18n/define-messages.ts';
import type { Message } from '../i18n/define-messages.ts';
import type { Text } from '../i18n/use-text.ts';

const messages = defineMessages('mood', {
  point: '{pleasant}, {energy}',
  veryUnpleasant: 'very unpleasant',
  fairlyUnpleasant: 'fairly unpleasant',
  slightlyUnpleasant: 'slightly unpleasant',
  neither: 'neither pleasant nor unpleasant',
  slightlyPleasant: 'slightly pleasant',
  fairlyPleasant: 'fairly pleasant',
  veryPleasant: 'very pleasant',
  veryLowEnergy: 'very low energy',
  lowEnergy: 'low energy',
  someEnergy: 'some energy',
  highEnergy: 'high energy',
  veryHighEnergy: 'very high energy',
  dontKnow: 'I don’t know',
  ratherNotSay: 'Rather not say',
  farAway: 'far from it',
  ratherFar: 'rather far',
  between: 'in between',
  close: 'close',
  veryClose: 'very close',
});

/** How pleasant, in words a screen reader speaks: “very unpleasant” … “very pleasant”. */
export function pleasantWords(valence: number): Message {
  if (valence <= -0.7) return messages.veryUnpleasant;
  if (valence <= -0.35) return messages.fairlyUnpleasant;
  if (valence < -0.1) return messages.slightlyUnpleasant;
  if (valence <= 0.1) return messages.neither;
  if (valence < 0.35) return messages.slightlyPleasant;
  if (valence < 0.7) return messages.fairlyPleasant;
  return messages.veryPleasant;
}

/** How much energy, in words: “very low energy” … “very high energy”. */
export function energyWords(arousal: number): Message {
  if (arousal <= -0.7) return messages.veryLowEnergy;
  if (arousal < -0.2) return messages.lowEnergy;
  if (arousal <= 0.2) return messages.someEnergy;
  if (arousal < 0.7) return messages.highEnergy;
  return messages.veryHighEnergy;
}

/** How close a person was to what matters to them: 0–10 in five words. */
export function closenessWords(closeness: number): Message {
  if (closeness <= 1) return messages.farAway;
  if (closeness <= 3) return messages.ratherFar;
  if (closeness <= 6) return messages.between;
  if (closeness <= 8) return messages.close;
  return messages.veryClose;
}

/** “fairly pleasant, low energy”; one direction alone when only that was said; null when neither was. */
export function pointWords(text: Text, { valence, arousal }: Mood): string | null {
  if (valence !== undefined && arousal !== undefined) {
    return text(messages.point, {
      pleasant: text(pleasantWords(valence)),
      energy: text(energyWords(arousal)),
    });
  }
  if (valence !== undefined) return text(pleasantWords(valence));
  return arousal === undefined ? null : text(energyWords(arousal));
}

/** A feeling's word in the language on screen; an own word as the person wrote it. */
export function feeling(text: Text, word: MoodWord): string {
  if ('own' in word) return word.own;
  const listed = emotionWordById(word.id);
  return text({ id: `emotion.${word.id}`, message: listed?.label ?? word.id });
}

export function answerWords(answer: NonNullable<Mood['answer']>): Message {
  return answer === 'dont-know' ? messages.dontKnow : messages.ratherNotSay;
}
