/**
 * Words for feelings and where each lies on the affect grid. The person picks one near the point they touched,
 * or searches, or writes their own. How the positions were chosen: EMOTION-WORDS.md.
 */
import { compareText } from './json.ts';

export type EmotionWord = {
  /** Kept in records and never changed: a to z and hyphens. */
  readonly id: string;
  /** English. */
  readonly label: string;
  /** Unpleasant −1 … pleasant +1. */
  readonly valence: number;
  /** Low energy −1 … high energy +1. */
  readonly arousal: number;
  /** The label of Apple's State of Mind (HealthKit, HKStateOfMind) that says the same, for exchange. */
  readonly stateOfMind?: string;
};

/** A point on the grid; what the person left open does not count when words near it are looked for. */
export type GridPoint = { readonly valence?: number; readonly arousal?: number };

export const EMOTION_WORDS: readonly EmotionWord[] = [
  // Bright: pleasant, higher energy
  { id: 'affectionate', label: 'affectionate', valence: 0.7, arousal: 0.2 },
  { id: 'alive', label: 'alive', valence: 0.7, arousal: 0.65 },
  { id: 'amazed', label: 'amazed', valence: 0.6, arousal: 0.7, stateOfMind: 'amazed' },
  { id: 'amused', label: 'amused', valence: 0.6, arousal: 0.35, stateOfMind: 'amused' },
  { id: 'brave', label: 'brave', valence: 0.4, arousal: 0.5, stateOfMind: 'brave' },
  { id: 'cheerful', label: 'cheerful', valence: 0.75, arousal: 0.45 },
  { id: 'confident', label: 'confident', valence: 0.6, arousal: 0.3, stateOfMind: 'confident' },
  { id: 'connected', label: 'connected', valence: 0.6, arousal: 0.1 },
  { id: 'curious', label: 'curious', valence: 0.4, arousal: 0.35 },
  { id: 'delighted', label: 'delighted', valence: 0.85, arousal: 0.55 },
  { id: 'determined', label: 'determined', valence: 0.35, arousal: 0.6 },
  { id: 'elated', label: 'elated', valence: 0.85, arousal: 0.85 },
  { id: 'energetic', label: 'energetic', valence: 0.5, arousal: 0.8 },
  { id: 'enthusiastic', label: 'enthusiastic', valence: 0.7, arousal: 0.7 },
  { id: 'excited', label: 'excited', valence: 0.7, arousal: 0.8, stateOfMind: 'excited' },
  { id: 'grateful', label: 'grateful', valence: 0.75, arousal: 0.1, stateOfMind: 'grateful' },
  { id: 'happy', label: 'happy', valence: 0.8, arousal: 0.35, stateOfMind: 'happy' },
  { id: 'hopeful', label: 'hopeful', valence: 0.55, arousal: 0.25, stateOfMind: 'hopeful' },
  { id: 'inspired', label: 'inspired', valence: 0.7, arousal: 0.5 },
  { id: 'interested', label: 'interested', valence: 0.4, arousal: 0.25 },
  { id: 'joyful', label: 'joyful', valence: 0.9, arousal: 0.6, stateOfMind: 'joyful' },
  { id: 'loved', label: 'loved', valence: 0.85, arousal: 0.15 },
  { id: 'motivated', label: 'motivated', valence: 0.5, arousal: 0.5 },
  { id: 'passionate', label: 'passionate', valence: 0.6, arousal: 0.75, stateOfMind: 'passionate' },
  { id: 'playful', label: 'playful', valence: 0.65, arousal: 0.55 },
  { id: 'proud', label: 'proud', valence: 0.7, arousal: 0.4, stateOfMind: 'proud' },
  { id: 'strong', label: 'strong', valence: 0.55, arousal: 0.45 },
  { id: 'surprised', label: 'surprised', valence: 0.1, arousal: 0.8, stateOfMind: 'surprised' },
  { id: 'thrilled', label: 'thrilled', valence: 0.8, arousal: 0.95 },
  // Calm: pleasant, lower energy
  { id: 'accepted', label: 'accepted', valence: 0.55, arousal: -0.1 },
  { id: 'at-ease', label: 'at ease', valence: 0.55, arousal: -0.45 },
  { id: 'balanced', label: 'balanced', valence: 0.4, arousal: -0.3 },
  { id: 'calm', label: 'calm', valence: 0.5, arousal: -0.6, stateOfMind: 'calm' },
  { id: 'comfortable', label: 'comfortable', valence: 0.5, arousal: -0.4 },
  { id: 'content', label: 'content', valence: 0.65, arousal: -0.35, stateOfMind: 'content' },
  { id: 'cosy', label: 'cosy', valence: 0.6, arousal: -0.5 },
  { id: 'dreamy', label: 'dreamy', valence: 0.35, arousal: -0.5 },
  { id: 'fulfilled', label: 'fulfilled', valence: 0.75, arousal: -0.1 },
  { id: 'gentle', label: 'gentle', valence: 0.4, arousal: -0.4 },
  { id: 'grounded', label: 'grounded', valence: 0.45, arousal: -0.35 },
  { id: 'patient', label: 'patient', valence: 0.3, arousal: -0.35 },
  { id: 'peaceful', label: 'peaceful', valence: 0.65, arousal: -0.65, stateOfMind: 'peaceful' },
  { id: 'quiet', label: 'quiet', valence: 0.15, arousal: -0.6 },
  { id: 'relaxed', label: 'relaxed', valence: 0.6, arousal: -0.55 },
  { id: 'relieved', label: 'relieved', valence: 0.55, arousal: -0.25, stateOfMind: 'relieved' },
  { id: 'rested', label: 'rested', valence: 0.5, arousal: -0.3 },
  { id: 'safe', label: 'safe', valence: 0.6, arousal: -0.3 },
  { id: 'satisfied', label: 'satisfied', valence: 0.65, arousal: -0.15, stateOfMind: 'satisfied' },
  { id: 'serene', label: 'serene', valence: 0.7, arousal: -0.75 },
  { id: 'settled', label: 'settled', valence: 0.4, arousal: -0.4 },
  { id: 'sleepy', label: 'sleepy', valence: 0.05, arousal: -0.85 },
  { id: 'steady', label: 'steady', valence: 0.3, arousal: -0.2 },
  { id: 'still', label: 'still', valence: 0.25, arousal: -0.8 },
  { id: 'tender', label: 'tender', valence: 0.5, arousal: -0.15 },
  { id: 'thoughtful', label: 'thoughtful', valence: 0.15, arousal: -0.2 },
  { id: 'trusting', label: 'trusting', valence: 0.5, arousal: -0.2 },
  { id: 'understood', label: 'understood', valence: 0.6, arousal: -0.05 },
  // Tense: unpleasant, higher energy
  { id: 'afraid', label: 'afraid', valence: -0.65, arousal: 0.65 },
  { id: 'angry', label: 'angry', valence: -0.7, arousal: 0.7, stateOfMind: 'angry' },
  { id: 'annoyed', label: 'annoyed', valence: -0.4, arousal: 0.35, stateOfMind: 'annoyed' },
  { id: 'anxious', label: 'anxious', valence: -0.55, arousal: 0.6, stateOfMind: 'anxious' },
  { id: 'ashamed', label: 'ashamed', valence: -0.7, arousal: 0.15, stateOfMind: 'ashamed' },
  { id: 'betrayed', label: 'betrayed', valence: -0.75, arousal: 0.45 },
  { id: 'confused', label: 'confused', valence: -0.3, arousal: 0.25 },
  { id: 'desperate', label: 'desperate', valence: -0.85, arousal: 0.6 },
  { id: 'disgusted', label: 'disgusted', valence: -0.7, arousal: 0.35, stateOfMind: 'disgusted' },
  { id: 'distressed', label: 'distressed', valence: -0.75, arousal: 0.6 },
  { id: 'embarrassed', label: 'embarrassed', valence: -0.5, arousal: 0.3, stateOfMind: 'embarrassed' },
  { id: 'frustrated', label: 'frustrated', valence: -0.55, arousal: 0.5, stateOfMind: 'frustrated' },
  { id: 'furious', label: 'furious', valence: -0.85, arousal: 0.9 },
  { id: 'guilty', label: 'guilty', valence: -0.6, arousal: 0.2, stateOfMind: 'guilty' },
  { id: 'humiliated', label: 'humiliated', valence: -0.85, arousal: 0.35 },
  { id: 'hurt', label: 'hurt', valence: -0.65, arousal: 0.2 },
  { id: 'irritated', label: 'irritated', valence: -0.45, arousal: 0.45, stateOfMind: 'irritated' },
  { id: 'jealous', label: 'jealous', valence: -0.6, arousal: 0.4, stateOfMind: 'jealous' },
  { id: 'nervous', label: 'nervous', valence: -0.4, arousal: 0.55 },
  { id: 'on-edge', label: 'on edge', valence: -0.45, arousal: 0.65 },
  { id: 'overwhelmed', label: 'overwhelmed', valence: -0.6, arousal: 0.7, stateOfMind: 'overwhelmed' },
  { id: 'panicky', label: 'panicky', valence: -0.8, arousal: 0.95 },
  { id: 'pressured', label: 'pressured', valence: -0.45, arousal: 0.5 },
  { id: 'resentful', label: 'resentful', valence: -0.6, arousal: 0.3 },
  { id: 'restless', label: 'restless', valence: -0.2, arousal: 0.6 },
  { id: 'scared', label: 'scared', valence: -0.7, arousal: 0.8, stateOfMind: 'scared' },
  { id: 'shocked', label: 'shocked', valence: -0.4, arousal: 0.85 },
  { id: 'stressed', label: 'stressed', valence: -0.55, arousal: 0.7, stateOfMind: 'stressed' },
  { id: 'suspicious', label: 'suspicious', valence: -0.4, arousal: 0.3 },
  { id: 'tense', label: 'tense', valence: -0.35, arousal: 0.55 },
  { id: 'trapped', label: 'trapped', valence: -0.7, arousal: 0.45 },
  { id: 'uneasy', label: 'uneasy', valence: -0.35, arousal: 0.25 },
  { id: 'unsafe', label: 'unsafe', valence: -0.7, arousal: 0.55 },
  { id: 'vulnerable', label: 'vulnerable', valence: -0.35, arousal: 0.1 },
  { id: 'worried', label: 'worried', valence: -0.5, arousal: 0.4, stateOfMind: 'worried' },
  // Low: unpleasant, lower energy
  { id: 'bored', label: 'bored', valence: -0.25, arousal: -0.6 },
  { id: 'defeated', label: 'defeated', valence: -0.7, arousal: -0.5 },
  { id: 'despairing', label: 'despairing', valence: -0.95, arousal: -0.2 },
  { id: 'detached', label: 'detached', valence: -0.2, arousal: -0.4 },
  { id: 'disappointed', label: 'disappointed', valence: -0.5, arousal: -0.2, stateOfMind: 'disappointed' },
  { id: 'discouraged', label: 'discouraged', valence: -0.5, arousal: -0.35, stateOfMind: 'discouraged' },
  { id: 'drained', label: 'drained', valence: -0.45, arousal: -0.75, stateOfMind: 'drained' },
  { id: 'empty', label: 'empty', valence: -0.65, arousal: -0.65 },
  { id: 'exhausted', label: 'exhausted', valence: -0.45, arousal: -0.9 },
  { id: 'flat', label: 'flat', valence: -0.3, arousal: -0.55 },
  { id: 'foggy', label: 'foggy', valence: -0.2, arousal: -0.5 },
  { id: 'fragile', label: 'fragile', valence: -0.4, arousal: -0.1 },
  { id: 'gloomy', label: 'gloomy', valence: -0.55, arousal: -0.45 },
  { id: 'grieving', label: 'grieving', valence: -0.8, arousal: -0.25 },
  { id: 'heavy', label: 'heavy', valence: -0.5, arousal: -0.6 },
  { id: 'helpless', label: 'helpless', valence: -0.7, arousal: -0.15 },
  { id: 'homesick', label: 'homesick', valence: -0.4, arousal: -0.2 },
  { id: 'hopeless', label: 'hopeless', valence: -0.85, arousal: -0.5, stateOfMind: 'hopeless' },
  { id: 'indifferent', label: 'indifferent', valence: -0.05, arousal: -0.45, stateOfMind: 'indifferent' },
  { id: 'invisible', label: 'invisible', valence: -0.55, arousal: -0.35 },
  { id: 'let-down', label: 'let down', valence: -0.5, arousal: -0.1 },
  { id: 'lonely', label: 'lonely', valence: -0.65, arousal: -0.3, stateOfMind: 'lonely' },
  { id: 'lost', label: 'lost', valence: -0.5, arousal: -0.25 },
  { id: 'low', label: 'low', valence: -0.6, arousal: -0.55 },
  { id: 'miserable', label: 'miserable', valence: -0.85, arousal: -0.35 },
  { id: 'numb', label: 'numb', valence: -0.4, arousal: -0.7 },
  { id: 'regretful', label: 'regretful', valence: -0.45, arousal: -0.15 },
  { id: 'rejected', label: 'rejected', valence: -0.7, arousal: -0.1 },
  { id: 'sad', label: 'sad', valence: -0.7, arousal: -0.4, stateOfMind: 'sad' },
  { id: 'tired', label: 'tired', valence: -0.2, arousal: -0.8 },
  { id: 'withdrawn', label: 'withdrawn', valence: -0.4, arousal: -0.5 },
  { id: 'worthless', label: 'worthless', valence: -0.9, arousal: -0.4 },
];

const WORD_BY_ID: ReadonlyMap<string, EmotionWord> = new Map(EMOTION_WORDS.map((word) => [word.id, word]));

export function emotionWordById(id: string): EmotionWord | undefined {
  return WORD_BY_ID.get(id);
}

/** The `count` words nearest to a point, nearest first. */
export function wordsNear(point: GridPoint, count: number): readonly EmotionWord[] {
  return EMOTION_WORDS.map((word) => ({ word, distance: distanceTo(point, word) }))
    .toSorted((a, b) => a.distance - b.distance || compareText(a.word.id, b.word.id))
    .slice(0, count)
    .map(({ word }) => word);
}

/**
 * Words that contain the query, those that begin with it first; capitals and accents make no difference.
 * `labelOf` gives the label in the language on screen.
 */
export function searchWords(
  query: string,
  labelOf: (word: EmotionWord) => string = (word) => word.label,
): readonly EmotionWord[] {
  const sought = plain(query);
  if (sought === '') return [];
  return EMOTION_WORDS.map((word) => ({ word, label: plain(labelOf(word)) }))
    .filter(({ label }) => label.includes(sought))
    .toSorted(
      (a, b) =>
        Number(b.label.startsWith(sought)) - Number(a.label.startsWith(sought)) ||
        compareText(a.label, b.label),
    )
    .map(({ word }) => word);
}

function distanceTo(point: GridPoint, word: EmotionWord): number {
  const across = point.valence === undefined ? 0 : point.valence - word.valence;
  const up = point.arousal === undefined ? 0 : point.arousal - word.arousal;
  return Math.hypot(across, up);
}

function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();
}
