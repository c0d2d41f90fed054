import { bytesToDeviceId, bytesToGrantId } from '@evenkeel/protocol';
import type { ReadReceipt } from '@evenkeel/sharing';
import { expect, test } from 'vitest';
import { openingsOf } from './openings.ts';

const grant = bytesToGrantId(new Uint8Array(16).fill(1));
const dev = bytesToDeviceId(new Uint8Array(16).fill(2));

function receipt(time: string, why: ReadReceipt['why']): ReadReceipt {
  return { grant, dev, seq: 0, time: Date.parse(time), why, purpose: '' };
}

test('each opening has its own line, refreshes are one line a day', () => {
  const { lines } = openingsOf(
    {
      receipts: [
        receipt('2026-07-14T08:12:00Z', 'opened'),
        receipt('2026-07-14T07:00:00Z', 'background'),
        receipt('2026-07-14T06:00:00Z', 'background'),
        receipt('2026-07-13T15:00:00Z', 'opened'),
        receipt('2026-07-13T14:59:00Z', 'opened'),
      ],
      faults: [],
    },
    'Europe/London',
  );
  expect(lines.map(({ kind }) => kind)).toEqual(['opened', 'refreshed', 'opened', 'opened']);
  expect(lines[1]).toMatchObject({ day: '2026-07-14', times: 2 });
});

test('a refresh just after midnight belongs to the day on the person’s own wall', () => {
  const chains = { receipts: [receipt('2026-07-13T23:30:00Z', 'background')], faults: [] };
  expect(openingsOf(chains, 'Europe/London').lines[0]).toMatchObject({ day: '2026-07-14' });
  expect(openingsOf(chains, 'UTC').lines[0]).toMatchObject({ day: '2026-07-13' });
});

test('gaps are told, and counted apart from what is not theirs', () => {
  const { notices, nothingYet } = openingsOf(
    {
      receipts: [],
      faults: [
        { dev, seq: 4, reason: 'gap' },
        { dev, seq: 9, reason: 'gap' },
        { dev: null, seq: null, reason: 'forged' },
        { dev, seq: null, reason: 'unknown-device' },
      ],
    },
    'UTC',
  );
  expect(notices).toEqual([
    { kind: 'missing', times: 2 },
    { kind: 'not-theirs', times: 2 },
  ]);
  expect(nothingYet).toBe(false);
});

test('no receipts and no faults is nothing yet', () => {
  expect(openingsOf({ receipts: [], faults: [] }, 'UTC')).toEqual({
    lines: [],
    notices: [],
    nothingYet: true,
  });
});
