import 'fake-indexeddb/auto';
import { utf8 } from '@evenkeel/protocol';
import { openDeviceStore } from '@evenkeel/replica';
import { createVault } from '@evenkeel/vault';
import { expect, test } from 'vitest';
import { openForms } from './kept-forms.ts';
import { isLike } from './use-typed.ts';

let stores = 0;

/** An open diary on a device of its own; each call of `window` is another window of it. */
async function device() {
  stores += 1;
  const store = await openDeviceStore(`forms-${stores}`);
  const vault = createVault();
  await vault.create({ deviceName: 'phone', now: 0 });
  return { store, vault, window: () => openForms({ store, vault }) };
}

test('what was typed last is what is read at the next opening, and what was saved is not', async () => {
  const { store, window } = await device();
  const forms = await window();
  void forms.keep('/plan#alone', { text: 'R' });
  void forms.keep('/plan#alone', { text: 'Ring Samira' });
  void forms.keep('/me/conditions', { name: 'Asthma' });
  void forms.keep('/me/conditions', null);
  await forms.kept();
  const later = await window();
  expect(later.read('/plan#alone')).toEqual({ text: 'Ring Samira' });
  expect(later.read('/me/conditions')).toBeNull();
  expect(later.paths()).toEqual(['/plan#alone']);
  await later.keep('/plan#alone', null);
  expect(await store.readBoxes('drafts')).toEqual([]);
  store.close();
});

test('what lies on the device says neither what was typed nor where', async () => {
  const { store, window } = await device();
  await (await window()).keep('/questionnaires/phq-9/answer', { answers: { q9: 3 } });
  const stored = await store.readBoxes('drafts');
  expect(stored).toHaveLength(1);
  for (const { id, box } of stored)
    expect(`${id} ${Buffer.from(box).toString('latin1')}`).not.toMatch(/phq|q9|answer/);
  store.close();
});

test('two windows that are locked together keep what was typed in each', async () => {
  const { store, window } = await device();
  const [first, second] = [await window(), await window()];
  void first.keep('/plan#alone', { text: 'Walk' });
  void second.keep('/me/conditions', { name: 'Asthma' });
  await Promise.all([first.kept(), second.kept()]);
  expect((await window()).paths().toSorted()).toEqual(['/me/conditions', '/plan#alone']);
  store.close();
});

test('a box that does not open, or holds something else, is no draft and stops nothing', async () => {
  const { store, vault, window } = await device();
  const [odd, broken] = await vault.sealLocal('draft', [utf8('{"path":7}'), utf8('{')]);
  await store.keepBox('drafts', 'form-noise', new Uint8Array(60).fill(9));
  for (const [name, box] of [
    ['form-odd', odd],
    ['form-broken', broken],
  ] as const)
    await store.keepBox('drafts', name, box ?? null);
  await (await window()).keep('/plan#alone', { text: 'Walk' });
  expect((await window()).paths()).toEqual(['/plan#alone']);
  store.close();
});

test('only what has the shape of a form is put back into it', () => {
  const example = { values: [{ value: '', closeness: 0 }], words: '', past: false };
  expect(isLike({ values: [], words: 'a', past: true }, example)).toBe(true);
  expect(isLike({ values: [{ value: 'v', closeness: 3 }], words: '', past: false }, example)).toBe(true);
  for (const other of [
    null,
    'words',
    { words: 'a' },
    { values: [{ value: 1 }], words: '', past: true },
    { values: {}, words: '', past: true },
    { values: [], words: '', past: 'yes' },
  ])
    expect(isLike(other, example), JSON.stringify(other)).toBe(false);
});
