/** A point on the sea: valence (unpleasant −1 … +1 pleasant) and arousal (low −1 … +1 high energy). */
export type SeaPoint = { readonly valence: number; readonly arousal: number };

/** One press of an arrow key; with Shift, or Page Up and Page Down, it is four times as much. */
export const keyStep = 0.05;
const largeStep = 0.2;

/** Where a touch lies. `x` and `y` are 0…1 from the left and from the top of the sea. */
export function pointAt(x: number, y: number): SeaPoint {
  return { valence: settle(2 * x - 1), arousal: settle(1 - 2 * y) };
}

/** Where a point lies: 0…1 from the left and from the top. */
export function placeOf({ valence, arousal }: SeaPoint): { readonly x: number; readonly y: number } {
  return { x: (valence + 1) / 2, y: (1 - arousal) / 2 };
}

/** The point after a key, or null when the key does not move on the sea. Both directions work on either slider. */
export function pointAfterKey(from: SeaPoint, key: string, shift: boolean): SeaPoint | null {
  const step = shift ? largeStep : keyStep;
  switch (key) {
    case 'ArrowLeft':
      return moved(from, -step, 0);
    case 'ArrowRight':
      return moved(from, step, 0);
    case 'ArrowUp':
      return moved(from, 0, step);
    case 'ArrowDown':
      return moved(from, 0, -step);
    case 'PageUp':
      return moved(from, 0, largeStep);
    case 'PageDown':
      return moved(from, 0, -largeStep);
    case 'Home':
      return { ...from, valence: -1 };
    case 'End':
      return { ...from, valence: 1 };
    default:
      return null;
  }
}

function moved({ valence, arousal }: SeaPoint, right: number, up: number): SeaPoint {
  return { valence: settle(valence + right), arousal: settle(arousal + up) };
}

/** Inside the sea, and to a hundredth: finer than a finger, and what a record keeps. */
function settle(value: number): number {
  return Math.round(Math.min(1, Math.max(-1, value)) * 100) / 100 + 0;
}
