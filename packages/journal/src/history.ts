/** What a record said before: shown to the person under "earlier versions". */
import { type EntryRecord, type When, stampsOf } from './entry.ts';
import type { Json } from './json.ts';
import { type Stamp, compareStamps, stampParts } from './stamp.ts';
import type { DeviceId } from '@evenkeel/protocol';

export type HistoryStep = {
  readonly stamp: Stamp;
  /** Milliseconds UTC by the clock of the device that wrote it, which may have been wrong. */
  readonly at: number;
  readonly dev: DeviceId;
  /** What was set at this step, by field name. */
  readonly fields: Readonly<Record<string, Json>>;
  readonly when?: When;
};

/** The changes still remembered, newest first. A step without fields or time is a move. */
export function historyOf(record: EntryRecord): readonly HistoryStep[] {
  return stampsOf(record)
    .toSorted((a, b) => compareStamps(b, a))
    .map((stamp) => {
      const fields = Object.entries(record.fields).flatMap(([name, field]): [string, Json][] => {
        const found = [field, ...(field.history ?? [])].find((past) => past.stamp === stamp);
        return found === undefined ? [] : [[name, found.value]];
      });
      const when = [{ stamp: record.whenStamp, value: record.when }, ...(record.whenHistory ?? [])].find(
        (past) => past.stamp === stamp,
      );
      const { ms, dev } = stampParts(stamp);
      return {
        stamp,
        at: ms,
        dev,
        fields: Object.fromEntries(fields),
        ...(when !== undefined && { when: when.value }),
      };
    });
}
