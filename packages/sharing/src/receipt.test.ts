import {
  type Bytes,
  type GrantId,
  type Receipt,
  parseObject,
  parsePayload,
  randomGrantId,
  receiptSchema,
} from '@evenkeel/protocol';
import { createVault } from '@evenkeel/vault';
import { expect, test } from 'vitest';
import {
  type ReceiptRequest,
  type ReceiptTip,
  accessLines,
  makeReceipt,
  readReceipts,
  tipOf,
} from './receipt.ts';

const NOW = Date.UTC(2026, 9, 15, 9);
const DAY = 86_400_000;
const ORIGIN = 'https://diary.example';

async function twoPeople() {
  const [person, clinician] = [createVault(), createVault()];
  const { holder } = await person.create({ deviceName: 'phone', now: NOW });
  const { holder: reader, deviceLog } = await clinician.create({ deviceName: 'desk', now: NOW });
  const grant = randomGrantId();
  const expected = {
    owner: holder.acct,
    grant,
    clinician: { acct: reader.acct, signPk: reader.signPk },
    origin: ORIGIN,
  };
  const request: ReceiptRequest = {
    origin: ORIGIN,
    grant,
    owner: { acct: holder.acct, boxPk: holder.boxPk },
    tip: null,
    since: '0.0',
    why: 'opened',
    purpose: '',
    cert: deviceLog[1],
    now: NOW,
  };
  const chain = async (count: number, change: (i: number) => Partial<ReceiptRequest> = () => ({})) => {
    const objects: Bytes[] = [];
    let tip: ReceiptTip = null;
    for (let i = 0; i < count; i += 1) {
      const made = await makeReceipt(clinician, { ...request, now: NOW + i * 1000, tip, ...change(i) });
      objects.push(made.object);
      tip = made.tip;
    }
    return objects;
  };
  return { person, clinician, reader, expected, request, chain };
}

test('each opening is read by the person with its reason, and an unbroken chain has no fault', async () => {
  const { person, expected, chain } = await twoPeople();
  const objects = await chain(70, (i) => ({
    why: i % 2 === 0 ? 'opened' : 'background',
    purpose: i === 4 ? 'before our meeting' : '',
  }));
  const read = await readReceipts(person, expected, objects.toReversed());
  expect(read.faults).toEqual([]);
  expect(read.receipts).toHaveLength(70);
  expect(read.receipts[0]?.seq).toBe(69);
  expect(read.receipts.find(({ seq }) => seq === 4)).toMatchObject({
    why: 'opened',
    purpose: 'before our meeting',
  });
});

test('a receipt that arrives twice counts once', async () => {
  const { person, expected, chain } = await twoPeople();
  const objects = await chain(3);
  const read = await readReceipts(person, expected, [...objects, ...objects]);
  expect([read.faults, read.receipts.length]).toEqual([[], 3]);
});

test('a receipt that was held back from the middle is missed, by number', async () => {
  const { person, expected, chain, reader } = await twoPeople();
  const objects = await chain(5);
  const read = await readReceipts(
    person,
    expected,
    objects.filter((_, i) => i !== 2),
  );
  expect(read.faults).toEqual([{ dev: reader.dev, seq: 3, reason: 'gap' }]);
  expect(read.receipts).toHaveLength(4);
});

test('only the last receipt can be held back unseen: what is said is "accesses we can prove"', async () => {
  const { person, expected, chain } = await twoPeople();
  const objects = await chain(5);
  const read = await readReceipts(person, expected, objects.slice(0, 4));
  expect([read.faults, read.receipts.length]).toEqual([[], 4]);
});

test('two receipts with one number, or a history rewritten, is a fork', async () => {
  const { person, expected, chain, reader } = await twoPeople();
  const [objects, others] = [await chain(4), await chain(4, () => ({ now: NOW + DAY }))];
  const doubled = await readReceipts(person, expected, [...objects, ...others.slice(2, 3)]);
  expect(doubled.faults).toContainEqual({ dev: reader.dev, seq: 2, reason: 'fork' });
  const spliced = await readReceipts(person, expected, [...objects.slice(0, 2), ...others.slice(2)]);
  expect(spliced.faults).toEqual([{ dev: reader.dev, seq: 2, reason: 'fork' }]);
});

test('a receipt signed by anybody else, for another share or at another server is not listed', async () => {
  const { person, expected, request, chain, clinician } = await twoPeople();
  const [first] = await chain(1);
  const stranger = createVault();
  const { deviceLog } = await stranger.create({ deviceName: 'server', now: NOW });
  const invented = (await makeReceipt(stranger, { ...request, cert: deviceLog[1] })).object;
  expect((await readReceipts(person, expected, [invented])).faults).toMatchObject([
    { reason: 'unknown-device' },
  ]);
  const elsewhere = (await makeReceipt(clinician, { ...request, origin: 'https://other.example' })).object;
  expect((await readReceipts(person, expected, [elsewhere])).faults).toMatchObject([
    { reason: 'wrong-server' },
  ]);
  const other: GrantId = randomGrantId();
  const ofOther = (await makeReceipt(clinician, { ...request, grant: other })).object;
  expect((await readReceipts(person, expected, [ofOther])).faults).toMatchObject([{ reason: 'wrong-grant' }]);
  if (first === undefined) throw new Error('expected a receipt');
  expect(
    (await readReceipts(person, expected, [first.subarray(0, 90), new Uint8Array(3)])).faults,
  ).toMatchObject([{ reason: 'malformed' }, { reason: 'malformed' }]);
});

test('a receipt changed in any byte is not listed', async () => {
  const { person, expected, chain } = await twoPeople();
  const [first] = await chain(1);
  if (first === undefined) throw new Error('expected a receipt');
  for (let at = 2; at < first.length; at += 23) {
    const changed = new Uint8Array(first);
    changed[at] = (changed[at] ?? 0) ^ 4;
    const read = await readReceipts(person, expected, [changed]);
    expect(read.receipts).toEqual([]);
    expect(read.faults.length).toBeGreaterThan(0);
  }
});

test('a forged receipt beside the true one of its number is no fault', async () => {
  const { person, expected, chain } = await twoPeople();
  const objects = await chain(3);
  const [, second] = objects;
  if (second === undefined) throw new Error('expected receipts');
  const forged = new Uint8Array(second);
  forged[forged.length - 3] = (forged.at(-3) ?? 0) ^ 1;
  expect((await readReceipts(person, expected, [forged])).faults).toHaveLength(1);
  expect((await readReceipts(person, expected, [...objects, forged])).faults).toEqual([]);
});

test('the chain goes on from a receipt the server still holds', async () => {
  const { clinician, person, expected, request, chain } = await twoPeople();
  const objects = await chain(3);
  const last = objects.at(-1);
  if (last === undefined) throw new Error('expected receipts');
  const next = await makeReceipt(clinician, { ...request, tip: tipOf(last) });
  expect(payloadOf(next.object).seq).toBe(3);
  expect((await readReceipts(person, expected, [...objects, next.object])).faults).toEqual([]);
  expect(tipOf(new Uint8Array(200))).toBeNull();
});

test('the list shows each opening, and background refreshes as one line a day', async () => {
  const { person, expected, chain } = await twoPeople();
  const objects = await chain(8, (i) => ({
    now: NOW + Math.floor(i / 4) * DAY + i * 60_000,
    why: i % 4 === 0 ? 'opened' : 'background',
  }));
  const { receipts } = await readReceipts(person, expected, objects);
  expect(accessLines(receipts, 'Europe/London')).toEqual([
    { kind: 'refreshed', day: '2026-10-16', times: 3, last: NOW + DAY + 7 * 60_000 },
    { kind: 'opened', time: NOW + DAY + 4 * 60_000, purpose: '' },
    { kind: 'refreshed', day: '2026-10-15', times: 3, last: NOW + 3 * 60_000 },
    { kind: 'opened', time: NOW, purpose: '' },
  ]);
});

function payloadOf(object: Bytes): Receipt {
  const parsed = parseObject(object);
  const payload = parsed.ok ? parsePayload(parsed.object.payload, receiptSchema) : null;
  if (payload === null || !payload.ok) throw new Error('expected a receipt');
  return payload.value;
}
