/**
 * What the oldest browsers we build for (`target` in vite.config.ts) lack of what we call, put in its place. Many a
 * phone gets no newer one.
 */

// Each declared as it is where it is missing.
const maps: { groupBy?: unknown } = Map;
const promises: { withResolvers?: unknown } = Promise;
const signals: { any?: unknown } = AbortSignal;
const elements: { checkVisibility?: unknown } = Element.prototype;
const texts: { toWellFormed?: unknown } = String.prototype;

maps.groupBy ??= function groupBy<Key, Value>(
  values: Iterable<Value>,
  keyOf: (value: Value, index: number) => Key,
): Map<Key, Value[]> {
  const groups = new Map<Key, Value[]>();
  let index = 0;
  for (const value of values) {
    const key = keyOf(value, index);
    index += 1;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
};

promises.withResolvers ??= function withResolvers() {
  let resolve, reject;
  const promise = new Promise((done, fail) => {
    resolve = done;
    reject = fail;
  });
  return { promise, resolve, reject };
};

signals.any ??= function any(given: readonly AbortSignal[]): AbortSignal {
  const ending = new AbortController();
  for (const signal of given) {
    const end = () => ending.abort(signal.reason);
    if (signal.aborted) end();
    // What has ended listens no more to one that lives on.
    else signal.addEventListener('abort', end, { once: true, signal: ending.signal });
  }
  return ending.signal;
};

texts.toWellFormed ??= function toWellFormed(this: string): string {
  // With `u`, half a pair is one that stands alone.
  return this.replace(/\p{Surrogate}/gu, '\uFFFD');
};

elements.checkVisibility ??= function checkVisibility(this: Element): boolean {
  return this.getClientRects().length > 0;
};
