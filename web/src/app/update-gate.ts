/**
 * What must not be interrupted. A screen with an open draft holds; while anything holds, the new version is not
 * offered with a button, so that no reload ever happens under a draft.
 */
let holding = 0;
const listeners = new Set<() => void>();

/** Holds until the function it returns is called. */
export function holdUpdates(): () => void {
  let released = false;
  change(1);
  return () => {
    if (released) return;
    released = true;
    change(-1);
  };
}

export const updateGate = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  isHeld: (): boolean => holding > 0,
};

function change(by: number): void {
  holding += by;
  for (const listener of listeners) listener();
}
