/**
 * What a clinician's screen shows as a QR code in the room: identity-signed, good for ten minutes. The person
 * who scans it pins these keys as "checked in person".
 */
import { objectTextSchema } from './account.ts';
import { originSchema, timeSchema } from './log.ts';
import { z } from './z.ts';

export const CARD_LIFE_MS = 10 * 60_000;
export const clinicianCardSchema = z.strictObject({
  origin: originSchema,
  /** The clinician's Account object. */
  account: objectTextSchema,
  /** As they stated it; nobody has checked it. */
  name: z.string().check(z.minLength(1), z.maxLength(100)),
  /** 16 random bytes: the first grant repeats it. */
  nonce: z.string().check(z.regex(/^[A-Za-z0-9_-]{21}[AQgw]$/)),
  expires: timeSchema,
});
export type ClinicianCard = z.infer<typeof clinicianCardSchema>;
