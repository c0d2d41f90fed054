import { checkInSheet, entryLine, expectOpen, fillCheckIn, firstRun, logMood, openEntry, openRoom, save, saveButton, sea, touchSea } from './support/app.ts';
import { expect, test } from './support/test.ts';

test('a mood with everything around it is saved, and read again as it was said', async ({ page }) => {
  await firstRun(page);
  await logMood(page, {
    at: [0.9, 0.9],
    words: ['calm'],
    ownWords: ['featherlight'],
    values: [{ text: 'Being there for my sister', closeness: 9 }],
    around: [
      { group: 'Something I did', text: 'allotment' },
      { group: 'A person', text: 'Samira' },
      { group: 'A place', text: 'canal' },
      { group: 'Something else', text: 'sunday' },
    ],
    text: 'We sat by the water for an hour.',
  });
  await openEntry(page, 'featherlight');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Calm, featherlight');
  await expect(page.getByText('very pleasant, very low energy')).toBeVisible();
  await expect(page.getByText('very close')).toBeVisible();
  for (const word of ['allotment', 'Samira', 'canal', 'sunday']) await expect(page.getByRole('listitem').filter({ hasText: word })).toBeVisible();
  await expect(page.getByText('We sat by the water for an hour.')).toBeVisible();
});
