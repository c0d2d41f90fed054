import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { scaleOf } from './catalogue.ts';
import { loincCodes } from './loinc.ts';
import { INSTRUMENT_IDS } from './scale.ts';

/** A LOINC code ends with a check digit, modulo 10 (Luhn). */
function isCode(code: string): boolean {
  const digits = [...code.replace('-', '')].toReversed().map(Number);
  const sum = digits.reduce(
    (all, digit, at) => all + (at % 2 === 0 ? digit : ((digit * 2) % 10) + (digit > 4 ? 1 : 0)),
    0,
  );
  return /^\d{4,6}-\d$/.test(code) && sum % 10 === 0;
}

test('there is a LOINC code for each item of a form that has any, and none is mistyped', () => {
  for (const id of INSTRUMENT_IDS) {
    const codes = loincCodes[id];
    if (codes === undefined) continue;
    expect(codes.items).toHaveLength(scaleOf(id).items.length);
    const all = [...codes.items, ...(codes.form === null ? [] : Object.values(codes.form))];
    expect(
      all.filter((code) => !isCode(code)),
      id,
    ).toEqual([]);
    expect(new Set(all).size).toBe(all.length);
  }
  expect(isCode('44261-5')).toBe(false);
});

test('the page of each form says of its LOINC codes what the codes say, and the notice stands beside them', () => {
  for (const id of INSTRUMENT_IDS) {
    const { form = null } = loincCodes[id] ?? {};
    const page = readFileSync(new URL(`./${id}/SOURCE.md`, import.meta.url), 'utf8');
    const [, said = ''] = /\*\*LOINC\.\*\* (.*)/.exec(page) ?? [];
    if (form === null) expect(said).not.toMatch(/\d{4,6}-\d/);
    else expect(said).toContain(`Panel ${form.panel}, total ${form.total}`);
  }
  const notice = 'LOINC is copyright © Regenstrief Institute, Inc.';
  for (const file of ['./loinc.ts', '../vectors/README.md', '../../../README.md'])
    expect(readFileSync(new URL(file, import.meta.url), 'utf8'), file).toContain(notice);
});
