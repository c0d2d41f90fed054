import { setup } from '@evenkeel/test-kit/cast';
import { write } from '@evenkeel/test-kit/somebody';
import { onDay } from '@evenkeel/journal';
import { writeBackup } from '@evenkeel/replica';
import { expect, test } from 'vitest';
import { createBackupBook } from './backup-book.ts';
import { wasWrittenSince } from './since-backup.ts';

const YEAR = 365 * 86_400_000;
const mood = (day: string) => ({ when: onDay(day, 'Europe/London'), mood: { valence: 0.2 } });

test.each([0, YEAR])('a backup made by a clock %d ms ahead knows what came after it', async (ahead) => {
  await using stage = await setup({ person: {} });
  const sam = stage.person;
  const first = await write(sam, mood('2026-10-01'));
  await write(sam, mood('2026-10-02'));
  const { replica, store, vault, holder, clock } = sam;
  const book = createBackupBook(store);
  const passphrase = 'a passphrase of the person’s own';
  const wrap = await vault.makeWrap({ type: 'passphrase', passphrase });
  await store.keepWrap({ type: 'passphrase', wrap });
  const backUp = async (): Promise<void> => {
    const made = await writeBackup(
      { replica, store, vault, holder, now: clock.now },
      async () => {},
      () => {},
    );
    if (made === null) throw new Error('no way to open it');
    const { madeAt, bytes, leaves, opensWith, mark } = made;
    const seen = mark === null ? null : { ...mark, lwt: mark.lwt + ahead };
    const records = replica.index.snapshot().size;
    const stood = { mark: seen, wraps: '', objects: 0, records };
    await book.keep({ madeAt, bytes, entries: 0, opensWith: [...opensWith], stood, byHand: false }, leaves);
  };
  expect(await wasWrittenSince(replica, book)).toBe(true);
  await backUp();
  expect(await wasWrittenSince(replica, book)).toBe(false);

  await write(sam, mood('2026-10-03'));
  expect(await wasWrittenSince(replica, book), 'a new entry').toBe(true);
  await backUp();
  expect(await wasWrittenSince(replica, book)).toBe(false);

  await replica.eraseForGood(first.map(({ rec }) => rec));
  expect(await wasWrittenSince(replica, book), 'a deletion').toBe(true);
});
