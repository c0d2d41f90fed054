/**
 * Reads anew whenever something changed, one reading at a time. A reading that fails (the diary is being locked, the
 * browser took the storage away) leaves what was read before, and is tried again at the next change.
 */
export function createReading(read: () => Promise<void>): () => Promise<void> {
  let isStale = false;
  let reading: Promise<void> | null = null;
  const readOn = async (): Promise<void> => {
    while (isStale) {
      isStale = false;
      await read().catch(() => undefined);
    }
    // In one go with the last look at `isStale`: a change that came between would be read by nobody.
    reading = null;
  };
  return () => {
    isStale = true;
    reading ??= readOn();
    return reading;
  };
}
