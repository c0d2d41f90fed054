/**
 * The server's time: the machine's, but it never goes back, so that what is over stays over. While the machine's clock
 * stands before a time that was already reached, the time goes on from there as fast as time passes.
 *
 * A clock that was set back and one that was years ahead and is right again look alike from here. The first must open
 * nothing that was closed, so the server stands by the later time until its host says otherwise (`npm run clock`).
 */
export function steadyClock(
  machine: () => number,
  /** The latest time the database knows. */
  latest: number,
  /** Milliseconds that only ever grow. */
  elapsed: () => number = () => performance.now(),
): () => number {
  let time = latest;
  let lookedAt = elapsed();
  return () => {
    const before = lookedAt;
    lookedAt = elapsed();
    const found = machine();
    time = found >= time ? found : time + lookedAt - before;
    return Math.floor(time);
  };
}
