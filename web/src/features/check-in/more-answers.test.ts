import { expect, test } from 'vitest';
import { TRACKABLES } from '@evenkeel/journal';
import { askedAbout } from './asked-about.ts';
import { checkIn, draftOf, emptyDraft, saysAnything } from './check-in.ts';
import { isAnswered, withCraving, withEnergy, withSleep, withSymptom, withTracker } from './more-answers.ts';

const morning = { id: 'y', text: 'Headache', severity: 2, part: 'morning' } as const;
const evening = { id: 'y', text: 'Headache', severity: 1, part: 'evening' } as const;

test('a night alone is an entry, and a night taken back is none', () => {
  const slept = checkIn(emptyDraft, { act: 'say', said: { sleep: withSleep(undefined, 'quality', 4) } });
  expect(saysAnything(slept)).toBe(true);
  expect(isAnswered('sleep', slept)).toBe(true);
  const takenBack = checkIn(slept, {
    act: 'say',
    said: { sleep: withSleep(slept.sleep, 'quality', undefined) },
  });
  expect(takenBack.sleep).toEqual({});
  expect(saysAnything(takenBack)).toBe(false);
});

test('energy, symptoms and cravings share a record and leave each other alone', () => {
  let symptoms = withEnergy(undefined, 4);
  symptoms = withSymptom(symptoms, 'y', [morning, evening]);
  symptoms = withCraving(symptoms, 'c', { id: 'c', text: 'to drink', strength: 6 });
  expect(symptoms).toEqual({
    energy: 4,
    symptoms: [morning, evening],
    cravings: [{ id: 'c', text: 'to drink', strength: 6 }],
  });
  symptoms = withCraving(withSymptom(withEnergy(symptoms, undefined), 'y', [evening]), 'c', null);
  expect(symptoms).toEqual({ symptoms: [evening], cravings: [] });
});

test('a tracker is answered once, and answering it again takes the place of the first', () => {
  const answer = (value: number) =>
    ({ tracker: 't', text: 'Coffee', said: { shape: 'count', value, unit: 'cups' } }) as const;
  const twice = withTracker(withTracker([], 't', answer(2)), 't', answer(3));
  expect(twice).toEqual([answer(3)]);
  expect(withTracker(twice, 't', null)).toEqual([]);
});

test('changing a saved entry begins with all that it says', () => {
  const said = { sleep: { minutes: 400 }, symptoms: { energy: 3 }, trackers: [] };
  const draft = draftOf({ mood: {}, values: [], surroundings: {}, text: '', ...said });
  expect(draft).toMatchObject(said);
  expect(TRACKABLES.filter((what) => isAnswered(what, draft))).toEqual(['sleep', 'energy']);
});

test('what was put away is asked about only where it was answered', () => {
  const list = [
    { id: 'a', text: 'Headache', archived: false },
    { id: 'b', text: 'Nausea', archived: true },
    { id: 'c', text: 'Pain', archived: true },
  ];
  const answered = [
    { id: 'b', text: 'Nausea' },
    { id: 'b', text: 'Nausea' },
  ];
  expect(askedAbout(list, answered).map(({ id }) => id)).toEqual(['a', 'b']);
});
