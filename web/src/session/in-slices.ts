/** Reading all of a diary without holding the page. */
import type { HeldMoment, IndexSnapshot } from '@evenkeel/replica';

/** Longest that reading holds the page at a time: half a frame, so that scrolling stays smooth. */
const SLICE_MS = 8;

/** Every moment, newest first; a month is put in order only when its turn comes. */
export function* allMoments(snapshot: IndexSnapshot): Iterable<HeldMoment> {
  const months = new Set(
    snapshot
      .summaries()
      .toReversed()
      .map(({ day }) => day.slice(0, 7)),
  );
  for (const month of months) yield* snapshot.moments({ first: `${month}-01`, last: `${month}-31` });
}

/** Gives each item to `take`, with pauses in which `goOn` is asked. False when it said no. */
export async function inSlices<Item>(
  items: Iterable<Item>,
  take: (item: Item) => void,
  goOn: () => boolean,
): Promise<boolean> {
  let pauseAt = performance.now() + SLICE_MS;
  for (const item of items) {
    take(item);
    if (performance.now() < pauseAt) continue;
    await nextTask();
    if (!goOn()) return false;
    pauseAt = performance.now() + SLICE_MS;
  }
  return true;
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}
