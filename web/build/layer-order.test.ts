import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { layerOrder, withLayerOrder } from './layer-order.ts';

test('every stylesheet begins with the order of the layers, once', () => {
  const css = withLayerOrder('@layer components{b{color:red}}');
  expect(css.startsWith(layerOrder)).toBe(true);
  expect(withLayerOrder(css)).toBe(css);
});

test('the order is the one the tokens declare', () => {
  const tokens = readFileSync(new URL('../src/ui/tokens.css', import.meta.url), 'utf8');
  expect(tokens.replaceAll(', ', ',')).toContain(layerOrder);
});
