/** One thing after another: what is given runs when everything given before it has ended. */
export type Serial = <Value>(task: () => Promise<Value>) => Promise<Value>;

export function createSerial(): Serial {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const next = last.then(task, task);
    last = next.catch(() => undefined);
    return next;
  };
}

/** Lets the page draw and answer in between long work. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

const TURN_MS = 12;

/** To be awaited between pieces of long work: lets the page in whenever a turn has lasted long enough. */
export function inTurns(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < TURN_MS) return;
    await breathe();
    since = performance.now();
  };
}
