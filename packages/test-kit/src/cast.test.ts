import { CATEGORY_NUMBERS, onDay } from '@evenkeel/journal';
import { expect, test } from 'vitest';
import { setup } from './cast.ts';

const on = (day: string) => ({
  when: onDay(day, 'Europe/London'),
  mood: { valence: 0.4 },
  words: 'for nobody else',
});

test('a clinician opens what was shared, kind by kind and day by day, and what comes later', async () => {
  await using stage = await setup({
    person: { entries: [on('2026-09-30'), on('2026-10-01'), on('2026-10-09')] },
    clinician: { sees: ['mood'], from: '2026-10' },
  });
  const { person, clinician } = stage;
  expect((await clinician.opens()).map(({ cat, place }) => [cat, place.day])).toEqual([
    [CATEGORY_NUMBERS.mood, 9],
    [CATEGORY_NUMBERS.mood, 1],
  ]);
  stage.clock.advance(30 * 86_400_000);
  await person.logs(on('2026-11-08'));
  expect((await clinician.opens()).map(({ cat, place }) => [cat, place.day])).toEqual([
    [1, 8],
    [1, 9],
    [1, 1],
  ]);
});

test('a stopped clinician keeps nothing on the machine and opens nothing new', async () => {
  await using stage = await setup({
    person: { entries: [on('2026-10-08')] },
    clinician: { sees: ['mood', 'words'] },
  });
  const { person, clinician } = stage;
  expect(await clinician.opens()).toHaveLength(2);
  await person.stopsSharing();
  await person.logs(on('2026-10-09'));
  expect(await clinician.opens()).toEqual([]);
  expect(clinician.desk.shared.snapshot().grants).toMatchObject([
    { status: 'ended', ended: { reason: 'revoked' } },
  ]);
});
