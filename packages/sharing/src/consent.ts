/**
 * Consent record: what was agreed to, in which words, when, and when it was taken back; in the shape of
 * ISO/IEC TS 27560:2023 (a record, and a receipt of it). It lies sealed in the private stream, so it outlives
 * any server and goes out with an export. The clinician's copy of the facts is in the grant itself.
 */
import { categoryByNumber } from '@evenkeel/journal';
import { type GrantId, accountIdSchema, grantIdSchema, timeSchema, z } from '@evenkeel/protocol';
import { type GrantDetail, consentTextSchema } from './grant.ts';
import { scopeSchema } from './scope.ts';
import type { Pin } from './pin.ts';

export const consentRecordSchema = z.strictObject({
  schema: z.literal('ISO-IEC-TS-27560-2023'),
  record: grantIdSchema,
  /** Who gives it and who is given to read. Names as they were stated. */
  subject: z.strictObject({ acct: accountIdSchema, name: z.string().check(z.maxLength(100)) }),
  recipient: z.strictObject({
    acct: accountIdSchema,
    name: z.string().check(z.maxLength(100)),
    howKnown: z.enum(['in-person', 'link']),
    checkedAt: z.nullable(timeSchema),
  }),
  purpose: z.string().check(z.maxLength(500)),
  /** UK GDPR Articles 6(1)(a) and 9(2)(a). */
  lawfulBasis: z.literal('explicit-consent'),
  /** What is shared: category names for a reader, the scope for a machine. */
  dataCategories: z.array(z.string()),
  scope: scopeSchema,
  notice: consentTextSchema,
  events: z
    .array(z.strictObject({ state: z.enum(['given', 'renewed', 'withdrawn', 'expired']), at: timeSchema }))
    .check(z.minLength(1), z.maxLength(100)),
  /** Milliseconds UTC, or null while it ends only by being withdrawn. */
  expires: z.nullable(timeSchema),
  withdrawal: z.literal('at-any-time-in-the-app'),
});
export type ConsentRecord = z.infer<typeof consentRecordSchema>;

/** The record of a share that was just given. */
export function recordConsent(given: {
  readonly grant: GrantId;
  readonly subject: { readonly acct: Pin['acct'] };
  readonly recipient: Pin;
  readonly detail: GrantDetail;
  readonly expires: number | null;
}): ConsentRecord {
  const { detail, recipient } = given;
  return {
    schema: 'ISO-IEC-TS-27560-2023',
    record: given.grant,
    subject: { acct: given.subject.acct, name: detail.personName },
    recipient: {
      acct: recipient.acct,
      name: recipient.name,
      howKnown: recipient.how,
      checkedAt: recipient.checkedAt,
    },
    purpose: detail.purpose,
    lawfulBasis: 'explicit-consent',
    dataCategories: detail.scope.categories.map(nameOf),
    scope: detail.scope,
    notice: detail.consent,
    events: [{ state: 'given', at: detail.consent.acceptedAt }],
    expires: given.expires,
    withdrawal: 'at-any-time-in-the-app',
  };
}

/** The same record once the share was stopped or has run out. Nothing of what stood there is changed. */
export function endConsent(record: ConsentRecord, state: 'withdrawn' | 'expired', at: number): ConsentRecord {
  return isInForce(record, at) ? { ...record, events: [...record.events, { state, at }] } : record;
}

export function isInForce(record: ConsentRecord, now: number): boolean {
  const last = record.events.at(-1)?.state;
  if (last === 'withdrawn' || last === 'expired') return false;
  return record.expires === null || now < record.expires;
}

/** When it was taken back, or null. */
export function withdrawnAt(record: ConsentRecord): number | null {
  return record.events.find(({ state }) => state === 'withdrawn')?.at ?? null;
}

function nameOf(number: number): string {
  return categoryByNumber(number) ?? `category ${number}`;
}
