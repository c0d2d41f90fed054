import { ZERO_HASH, randomGrantId, toBase64url } from '@evenkeel/protocol';
import { createVault } from '@evenkeel/vault';
import { expect, test } from 'vitest';
import {
  type ConsentRecord,
  consentRecordSchema,
  endConsent,
  isInForce,
  recordConsent,
  withdrawnAt,
} from './consent.ts';
import type { GrantDetail } from './grant.ts';
import { readAccount } from './pin.ts';

const NOW = Date.UTC(2026, 9, 15, 9);

async function given(expires: number | null): Promise<ConsentRecord> {
  const account = await readAccount(
    (await createVault().create({ deviceName: 'desk', now: NOW })).deviceLog[0],
  );
  if (!account.ok) throw new Error(account.reason);
  const via = { kind: 'card', nonce: toBase64url(new Uint8Array(16)) } as const;
  const { acct, signPk, boxPk } = account;
  const recipient = {
    acct,
    account: account.account,
    signPk,
    boxPk,
    name: 'Dr Ali',
    how: 'in-person',
    via,
    at: NOW,
    checkedAt: NOW,
  } as const;
  const detail: GrantDetail = {
    v: 1,
    personName: 'Sam',
    clinicianName: 'Dr Ali',
    scope: { categories: [1, 2], period: { kind: 'from', first: '2026-10-01' } },
    purpose: 'our meetings',
    consent: {
      version: '2026-10',
      textHash: ZERO_HASH,
      language: 'en-GB',
      shownAt: NOW - 9000,
      acceptedAt: NOW,
    },
    via,
  };
  return recordConsent({ grant: randomGrantId(), subject: { acct }, recipient, detail, expires });
}

test('a consent record says who, what, why, in which words and when, and reads back as it was', async () => {
  const record = await given(null);
  expect(consentRecordSchema.parse(JSON.parse(JSON.stringify(record)))).toEqual(record);
  expect(record).toMatchObject({
    dataCategories: ['mood', 'values'],
    purpose: 'our meetings',
    lawfulBasis: 'explicit-consent',
  });
  expect(record.notice).toMatchObject({
    version: '2026-10',
    language: 'en-GB',
    shownAt: NOW - 9000,
    acceptedAt: NOW,
  });
  expect(isInForce(record, NOW)).toBe(true);
});

test('taking a consent back adds to its record and changes nothing that stood there', async () => {
  const record = await given(null);
  const ended = endConsent(record, 'withdrawn', NOW + 5000);
  expect(ended).toEqual({
    ...record,
    events: [
      { state: 'given', at: NOW },
      { state: 'withdrawn', at: NOW + 5000 },
    ],
  });
  expect(isInForce(ended, NOW + 5001)).toBe(false);
  expect(withdrawnAt(ended)).toBe(NOW + 5000);
  expect(endConsent(ended, 'expired', NOW + 9000)).toEqual(ended);
  expect(consentRecordSchema.safeParse(ended).success).toBe(true);
});

test('a consent with an end is no longer in force after it', async () => {
  const record = await given(NOW + 1000);
  expect([isInForce(record, NOW + 999), isInForce(record, NOW + 1000)]).toEqual([true, false]);
  expect(withdrawnAt(record)).toBeNull();
});
