import { moodColour } from '../../ui/mood-colour.ts';
import { pointAt } from './sea.ts';

/** Drawn this many pixels wide and high; the browser smooths it to any size. */
const size = 96;

/** Paints every point of the sea in the colour that marks it everywhere else. */
export function drawSea(canvas: HTMLCanvasElement): void {
  canvas.width = size;
  canvas.height = size;
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) return;
  const picture = context.createImageData(size, size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const [red, green, blue] = moodColour(pointAt(column / (size - 1), row / (size - 1))).rgb;
      picture.data.set([red, green, blue, 255], 4 * (row * size + column));
    }
  }
  context.putImageData(picture, 0, 0);
}
