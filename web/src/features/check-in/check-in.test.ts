import { expect, test } from 'vitest';
import type { CheckInDraft, Moment } from '../../session/contract.ts';
import {
  changeAgain,
  changeOf,
  checkIn,
  checkInOf,
  draftOf,
  emptyDraft,
  isMixed,
  isWorthKeeping,
  saysAnything,
} from './check-in.ts';
import type { CheckInAct } from './check-in.ts';

test('one touch is enough to save', () => {
  expect(saysAnything(emptyDraft)).toBe(false);
  expect(saysAnything(after({ act: 'place', point: { valence: 0.4, arousal: -0.2 } }))).toBe(true);
});

test('a changed time alone is not an entry', () => {
  expect(saysAnything(after({ act: 'about', about: { kind: 'day', day: '2026-07-14' } }))).toBe(false);
});

test('blank text is not an entry', () => {
  expect(saysAnything(after({ act: 'write', text: '  \n ' }))).toBe(false);
});

test('words place the point until the sea is touched, and never after', () => {
  const byWord = after(word('calm'));
  expect(byWord.mood).toEqual({ words: [{ id: 'calm' }], valence: 0.5, arousal: -0.6 });
  expect(byWord.placedBy).toBe('words');

  const byTwo = checkIn(byWord, word('hopeful'));
  expect(byTwo.mood).toMatchObject({ valence: 0.53, arousal: -0.17 });

  const byHand = checkIn(byTwo, { act: 'place', point: { valence: -0.3, arousal: 0.1 } });
  expect(checkIn(byHand, word('tense')).mood).toMatchObject({ valence: -0.3, arousal: 0.1 });
});

test('a word taken back takes its point with it', () => {
  const back = after(word('calm'), word('calm'));
  expect(back.mood).toEqual({});
  expect('placedBy' in back).toBe(false);
});

test('own words invent no place on the sea', () => {
  const own = after({ act: 'toggle-word', word: { own: 'sea-legs' } });
  expect(own.mood).toEqual({ words: [{ own: 'sea-legs' }] });
});

test('one slider alone leaves the other direction unsaid', () => {
  expect(after({ act: 'place-part', part: { valence: 0.5 } }).mood).toEqual({ valence: 0.5 });
});

test('“rather not say” stands alone, and any other answer replaces it', () => {
  const unsaid = after(word('calm'), { act: 'answer', answer: 'rather-not-say' });
  expect(unsaid.mood).toEqual({ answer: 'rather-not-say' });
  expect(checkIn(unsaid, { act: 'answer', answer: 'rather-not-say' }).mood).toEqual({});
  expect(checkIn(unsaid, word('tense')).mood).toMatchObject({ words: [{ id: 'tense' }] });
  expect(checkIn(unsaid, word('tense')).mood).not.toHaveProperty('answer');
});

test('a value is answered once, and can be left out again', () => {
  const close = { value: 'v1', text: 'Honesty', closeness: 4 };
  const twice = after(
    { act: 'closeness', closeness: close },
    { act: 'closeness', closeness: { ...close, closeness: 7 } },
  );
  expect(twice.values).toEqual([{ ...close, closeness: 7 }]);
  expect(checkIn(twice, { act: 'leave-value-out', value: 'v1' }).values).toEqual([]);
});

test('what was around it is touched on and off', () => {
  const walk: CheckInAct = { act: 'toggle-surrounding', kind: 'activities', text: 'walk' };
  expect(after(walk).surroundings).toEqual({ activities: ['walk'] });
  expect(after(walk, walk).surroundings).toEqual({});
});

test('feelings from both sides of the sea are mixed', () => {
  expect(isMixed([{ id: 'calm' }, { id: 'tense' }])).toBe(true);
  expect(isMixed([{ id: 'calm' }, { id: 'hopeful' }])).toBe(false);
});

test('a saved moment becomes a draft with everything it said', () => {
  const content = {
    mood: { valence: 0.2, words: [{ id: 'calm' }] },
    values: [],
    surroundings: { people: ['Sam'] },
    text: 'sun',
  };
  expect(draftOf(content)).toMatchObject({ ...content, about: { kind: 'now' }, placedBy: 'hand' });
});

test('a change is worth keeping once it changes something, and not when that is taken back', () => {
  const begun = changeOf(walkWithSam);
  expect(isWorthKeeping(begun)).toBe(false);
  const changed = checkIn(begun, { act: 'write', text: 'rain' });
  expect(isWorthKeeping(changed)).toBe(true);
  expect(isWorthKeeping(checkIn(changed, { act: 'write', text: 'sun' }))).toBe(false);
  expect(isWorthKeeping(checkIn(begun, { act: 'say', said: { sleep: { minutes: 400 } } }))).toBe(true);
});

test('a change that is taken up again keeps what it says, and takes back nothing that was changed elsewhere', () => {
  const kept = checkIn(changeOf(walkWithSam), { act: 'write', text: 'rain' });
  const elsewhere: Moment = { ...walkWithSam, surroundings: { people: ['Samira'] }, sleep: { minutes: 400 } };
  const again = changeAgain(kept, elsewhere);
  expect(again).toMatchObject({
    text: 'rain',
    surroundings: { people: ['Samira'] },
    sleep: { minutes: 400 },
  });
  expect(changeAgain(again, elsewhere)).toEqual(again);

  const { mood: _, ...withoutMood } = walkWithSam;
  expect(changeAgain(kept, withoutMood)).toMatchObject({ text: 'rain', mood: {} });
  const { sleep: __, ...unslept } = changeOf(elsewhere);
  expect(changeAgain(unslept, elsewhere), 'a part that was taken back').not.toHaveProperty('sleep');
});

test('what changes nothing yet begins anew from the entry as it is now', () => {
  const now = { ...walkWithSam, text: 'sun and wind' };
  expect(changeAgain(changeOf(walkWithSam), now)).toEqual(changeOf(now));
});

test('a change to an entry that is gone is a check-in about the same time', () => {
  const kept = checkIn(changeOf(walkWithSam), { act: 'write', text: 'rain' });
  const anew = checkInOf(kept, walkWithSam);
  expect(anew).toMatchObject({ text: 'rain', surroundings: { people: ['Sam'] } });
  expect(anew).not.toHaveProperty('was');
  expect(anew.about).toEqual({ kind: 'minute', day: '2027-03-18', time: '20:15' });
  const day = {
    precision: 'day',
    at: walkWithSam.when.at,
    zone: 'Europe/London',
    day: '2027-03-18',
  } as const;
  expect(checkInOf(kept, { ...walkWithSam, when: day }).about).toEqual({ kind: 'day', day: '2027-03-18' });
  const moved = checkIn(kept, { act: 'about', about: { kind: 'day', day: '2027-03-01' } });
  expect(checkInOf(moved, walkWithSam).about).toEqual({ kind: 'day', day: '2027-03-01' });
});

/** A quarter past eight in the evening, on the clock of whoever runs this. */
const evening = new Date(2027, 2, 18, 20, 15).getTime();

const walkWithSam: Moment = {
  id: 'a',
  when: { precision: 'minute', at: evening, zone: 'Europe/London', day: '2027-03-18' },
  written: evening,
  safety: { where: 'this-device' },
  notForSharing: false,
  writtenWhileLocked: false,
  mood: { valence: 0.2, words: [{ id: 'calm' }] },
  values: [],
  surroundings: { people: ['Sam'] },
  text: 'sun',
};

function after(...acts: readonly CheckInAct[]): CheckInDraft {
  return acts.reduce(checkIn, emptyDraft);
}

function word(id: string): CheckInAct {
  return { act: 'toggle-word', word: { id } };
}
