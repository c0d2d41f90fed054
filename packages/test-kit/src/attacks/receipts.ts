/** Lies told to a person who reads who opened what. */
import { fromBase64url, parseObject, parsePayload, receiptSchema } from '@evenkeel/protocol';
import type { Attack } from './attack.ts';
import { editOwn, flipBit } from './editing.ts';

/** Changes the receipts of each page; what is not a page with receipts passes. */
function toReceipts(change: (receipts: readonly string[]) => string[]): Attack['apply'] {
  return () =>
    editOwn((page) => (page.receipts.length === 0 ? page : { ...page, receipts: change(page.receipts) }));
}

function seqOf(text: string): number {
  const parsed = parseObject(fromBase64url(text) ?? new Uint8Array());
  const payload = parsed.ok ? parsePayload(parsed.object.payload, receiptSchema) : null;
  return payload?.ok === true ? payload.value.seq : -1;
}

export const RECEIPT_ATTACKS: readonly Attack[] = [
  {
    name: 'hides an opening',
    story: 'The person does not learn that somebody read.',
    journey: 'receipts',
    apply: toReceipts((receipts) => receipts.filter((text) => seqOf(text) !== 1)),
    expects: 'gap',
  },
  {
    name: 'hides the first opening',
    story: 'The person does not learn when somebody began to read.',
    journey: 'receipts',
    apply: toReceipts((receipts) => receipts.filter((text) => seqOf(text) !== 0)),
    expects: 'unknown-device',
  },
  {
    name: 'changes when somebody read',
    story: 'An opening at night looks like one in a meeting.',
    journey: 'receipts',
    apply: toReceipts((receipts) => receipts.map((text) => (seqOf(text) === 1 ? flipBit(text, -70) : text))),
    expects: 'side-row-forged',
  },
  {
    name: 'changes the signature of a receipt',
    story: 'The clinician can say that they never read.',
    journey: 'receipts',
    apply: toReceipts((receipts) => receipts.map((text) => (seqOf(text) === 2 ? flipBit(text, -8) : text))),
    expects: 'forged',
  },
];
