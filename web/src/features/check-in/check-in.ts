import { emotionWordById, fieldsOfParts } from '@evenkeel/journal';
import type { Closeness, EmotionWord, MoodAnswer, MoodWord, SurroundingKind } from '@evenkeel/journal';
import type { About, CheckInDraft, Moment, MomentContent, MomentExtras } from '../../session/contract.ts';
import { localDayOf, localTimeOf } from '../../i18n/dates.ts';
import type { SeaPoint } from './sea.ts';

export type CheckInAct =
  | { readonly act: 'place'; readonly point: SeaPoint }
  /** One direction only, by its slider. */
  | { readonly act: 'place-part'; readonly part: Partial<SeaPoint> }
  | { readonly act: 'take-point-away' }
  | { readonly act: 'toggle-word'; readonly word: MoodWord }
  | { readonly act: 'answer'; readonly answer: MoodAnswer }
  | { readonly act: 'closeness'; readonly closeness: Closeness }
  | { readonly act: 'leave-value-out'; readonly value: string }
  | { readonly act: 'toggle-surrounding'; readonly kind: SurroundingKind; readonly text: string }
  | { readonly act: 'write'; readonly text: string }
  /** Says one or more of the other parts anew, each as a whole; an empty one takes back what was said. */
  | { readonly act: 'say'; readonly said: MomentExtras }
  | { readonly act: 'about'; readonly about: About }
  | { readonly act: 'start-over'; readonly draft: CheckInDraft };

export const emptyDraft: CheckInDraft = {
  about: { kind: 'now' },
  mood: {},
  values: [],
  surroundings: {},
  text: '',
};

/** A check-in as it grows. Pure: what is kept, sealed or saved is decided elsewhere. */
export function checkIn(draft: CheckInDraft, act: CheckInAct): CheckInDraft {
  switch (act.act) {
    case 'place':
      return { ...draft, placedBy: 'hand', mood: { ...withoutAnswer(draft), ...act.point } };
    case 'place-part':
      return { ...draft, placedBy: 'hand', mood: { ...withoutAnswer(draft), ...act.part } };
    case 'take-point-away':
      return withoutPoint(draft);
    case 'toggle-word':
      return withWord(draft, act.word);
    case 'answer':
      return withAnswer(draft, act.answer);
    case 'closeness':
      return { ...draft, values: withCloseness(draft.values, act.closeness) };
    case 'leave-value-out':
      return { ...draft, values: draft.values.filter(({ value }) => value !== act.value) };
    case 'toggle-surrounding':
      return withSurrounding(draft, act.kind, act.text);
    case 'write':
      return { ...draft, text: act.text };
    case 'say':
      return { ...draft, ...act.said };
    case 'about':
      return { ...draft, about: act.about };
    case 'start-over':
      return act.draft;
  }
}

/** Whether there is anything to save. A time alone says nothing. */
export function saysAnything(draft: CheckInDraft): boolean {
  const { text, ...parts } = draft;
  return fieldsOfParts({ ...parts, words: text }).size > 0;
}

/** A saved moment as a draft, to be changed. `about: now` means: leave its time as it is. */
export function draftOf(moment: Moment | MomentContent): CheckInDraft {
  const { sleep, symptoms, substances, questionnaire, medication, trackers } = moment;
  return {
    about: { kind: 'now' },
    mood: moment.mood ?? {},
    ...(moment.mood?.valence !== undefined || moment.mood?.arousal !== undefined
      ? { placedBy: 'hand' as const }
      : {}),
    values: moment.values,
    surroundings: moment.surroundings,
    text: moment.text,
    ...(sleep !== undefined && { sleep }),
    ...(symptoms !== undefined && { symptoms }),
    ...(substances !== undefined && { substances }),
    ...(questionnaire !== undefined && { questionnaire }),
    ...(medication !== undefined && { medication }),
    ...(trackers !== undefined && { trackers }),
  };
}

/** A saved moment as a change to it begins. */
export function changeOf(moment: Moment): CheckInDraft {
  const was = draftOf(moment);
  return { ...was, was };
}

/** Whether there is anything to keep: an empty draft, or a change that changed nothing, need not come back. */
export function isWorthKeeping({ was, ...draft }: CheckInDraft): boolean {
  return saysAnything(draft) && (was === undefined || changedParts(draft, was).size > 0);
}

/** A change that was begun before, over the moment as it is now: what it did not touch says what it says now. */
export function changeAgain({ was, ...draft }: CheckInDraft, moment: Moment): CheckInDraft {
  const now = changeOf(moment);
  const changed = was === undefined ? new Set<string>() : changedParts(draft, was);
  const parts = [
    ...Object.entries(now).filter(([name]) => !changed.has(name)),
    ...Object.entries(draft).filter(([name]) => changed.has(name)),
  ];
  return { ...emptyDraft, ...Object.fromEntries(parts) };
}

/** A change to a moment that is not there any more: a check-in about the same time. */
export function checkInOf(change: CheckInDraft, { when }: Moment): CheckInDraft {
  const { was: _, ...draft } = change;
  if (draft.about.kind !== 'now' || when.precision === 'undated') return draft;
  const about: About =
    when.precision === 'day'
      ? { kind: 'day', day: when.day }
      : { kind: 'minute', day: localDayOf(when.at), time: localTimeOf(when.at) };
  return { ...draft, about };
}

export function sameWord(one: MoodWord, other: MoodWord): boolean {
  return 'id' in one ? 'id' in other && one.id === other.id : 'own' in other && one.own === other.own;
}

export function hasWord(draft: CheckInDraft, word: MoodWord): boolean {
  return draft.mood.words?.some((chosen) => sameWord(chosen, word)) ?? false;
}

/** Words from pleasant and from unpleasant water together: mixed feelings, which are as real as clear ones. */
export function isMixed(words: readonly MoodWord[]): boolean {
  const sides = placesOf(words).map(({ valence }) => Math.sign(Math.abs(valence) < 0.15 ? 0 : valence));
  return sides.includes(1) && sides.includes(-1);
}

function changedParts(draft: CheckInDraft, was: CheckInDraft): ReadonlySet<string> {
  const [now, before] = [new Map(Object.entries(draft)), new Map(Object.entries(was))];
  return new Set(
    [...now.keys(), ...before.keys()].filter(
      (name) => JSON.stringify(now.get(name)) !== JSON.stringify(before.get(name)),
    ),
  );
}

function withoutAnswer({ mood }: CheckInDraft): CheckInDraft['mood'] {
  const { answer: _, ...rest } = mood;
  return rest;
}

function withoutPoint(draft: CheckInDraft): CheckInDraft {
  const { placedBy: _placedBy, mood, ...rest } = draft;
  const { valence: _valence, arousal: _arousal, ...kept } = mood;
  return { ...rest, mood: kept };
}

function withWord(draft: CheckInDraft, word: MoodWord): CheckInDraft {
  const before = withoutAnswer(draft);
  const words = hasWord(draft, word)
    ? (before.words ?? []).filter((chosen) => !sameWord(chosen, word))
    : [...(before.words ?? []), word];
  const { words: _, ...bare } = before;
  const next: CheckInDraft = { ...draft, mood: words.length > 0 ? { ...bare, words } : bare };
  return draft.placedBy === 'hand' ? next : placedByWords(next, words);
}

/** Until the sea is touched, the point is the middle of the chosen words of the list; own words lie nowhere. */
function placedByWords(draft: CheckInDraft, words: readonly MoodWord[]): CheckInDraft {
  const places = placesOf(words);
  if (places.length === 0) return withoutPoint(draft);
  const middle = (axis: keyof SeaPoint) =>
    Math.round((places.reduce((sum, place) => sum + place[axis], 0) / places.length) * 100) / 100 + 0;
  return {
    ...draft,
    placedBy: 'words',
    mood: { ...draft.mood, valence: middle('valence'), arousal: middle('arousal') },
  };
}

function placesOf(words: readonly MoodWord[]): readonly EmotionWord[] {
  return words.flatMap((word) => ('id' in word ? (emotionWordById(word.id) ?? []) : []));
}

/** “Don't know” and “rather not say” stand alone: choosing one takes point and words away, choosing it again takes it back. */
function withAnswer(draft: CheckInDraft, answer: MoodAnswer): CheckInDraft {
  const { placedBy: _, ...rest } = draft;
  return { ...rest, mood: draft.mood.answer === answer ? {} : { answer } };
}

function withCloseness(values: readonly Closeness[], said: Closeness): readonly Closeness[] {
  return values.some(({ value }) => value === said.value)
    ? values.map((old) => (old.value === said.value ? said : old))
    : [...values, said];
}

function withSurrounding(draft: CheckInDraft, kind: SurroundingKind, text: string): CheckInDraft {
  const now = draft.surroundings[kind] ?? [];
  const next = now.includes(text) ? now.filter((old) => old !== text) : [...now, text];
  const { [kind]: _, ...others } = draft.surroundings;
  return { ...draft, surroundings: next.length > 0 ? { ...others, [kind]: next } : others };
}
