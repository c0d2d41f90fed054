/** A made-up diary in the hands of somebody, as if they had written it over the years. */
import 'fake-indexeddb/auto';
import { newCondition, newMoment, newPlanLine, newSetting } from '@evenkeel/journal';
import { type Bytes, concat } from '@evenkeel/protocol';
import { writeBackup } from '@evenkeel/replica';
import { handWoundClock } from './clock.ts';
import type { PlausibleDiary } from './plausible-diary.ts';
import { type Somebody, somebody } from './somebody.ts';

const AT_ONCE = 400;

/** Each moment bears the time it was written at. The clock ends where it stood. */
export async function writeDiary({ replica, clock }: Somebody, diary: PlausibleDiary): Promise<void> {
  const now = clock.now();
  const makers = { clock: replica.clock, now };
  const settings = diary.settings.flatMap(
    ({ setting, rec }) => newSetting(setting, { ...makers, rec }) ?? [],
  );
  const undated = [
    ...diary.conditions.map((condition) => newCondition(condition, makers)),
    ...diary.plan.map((line) => newPlanLine(line, makers)),
  ];
  await replica.save([...settings, ...undated.flatMap((record) => record ?? [])]);
  const inOrder = diary.moments.toSorted((a, b) => a.writtenAt - b.writtenAt);
  const records = inOrder.flatMap(({ draft, writtenAt }) => {
    clock.set(Math.min(writtenAt, now));
    const made = newMoment(draft, { clock: replica.clock, now: clock.now() });
    return made.ok ? made.records : [];
  });
  clock.set(now);
  for (let at = 0; at < records.length; at += AT_ONCE) await replica.save(records.slice(at, at + AT_ONCE));
}

/** What somebody who wrote this diary carries to a new device at `now`: a backup file, and the 24 words that open it. */
export async function backupOf(
  diary: PlausibleDiary,
  now: number,
): Promise<{ readonly file: Bytes; readonly words: readonly string[] }> {
  await using person = await somebody('An old phone', handWoundClock(now));
  await writeDiary(person, diary);
  const { words, wrap } = await person.vault.makeKit();
  await person.store.keepWrap({ type: 'recovery', wrap });
  const parts: Bytes[] = [];
  await writeBackup({ ...person, now: person.clock.now }, async (bytes) => void parts.push(bytes));
  return { file: concat(...parts), words };
}
