/** A look at something that costs, shared by everybody who asks within a while after it began. */
export function goodFor<T>(ms: number, clock: () => number, look: () => Promise<T>): () => Promise<T> {
  let last: { readonly at: number; readonly found: Promise<T> } | null = null;
  return () => {
    const at = clock();
    // A clock that was set back must not make an old look good for longer.
    if (last === null || Math.abs(at - last.at) >= ms) last = { at, found: look() };
    return last.found;
  };
}
