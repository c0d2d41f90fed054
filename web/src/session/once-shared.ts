/** What only matters once something is shared: most diaries never get there, or not for long. */
import type { Replica } from '@evenkeel/replica';

/** Begins at the first share that the grant log holds, whenever it comes and whichever device gave it. */
export function onceShared(replica: Replica, begin: () => Promise<void>): void {
  let begun = false;
  const look = (): void => {
    if (begun || replica.logs.grant().grants.size === 0) return;
    begun = true;
    void begin().catch(() => (begun = false));
  };
  replica.subscribe(look);
  look();
}
