/** The outside of a key pack. Its inside, the keys, is made and opened in `sharing`. */
import { accountIdSchema, grantIdSchema, publicKeySchema } from './ids.ts';
import { z } from './z.ts';

export const keyPackSchema = z.strictObject({
  grant: grantIdSchema,
  /** 16 random bytes, base64url. */
  packId: z.string().check(z.regex(/^[A-Za-z0-9_-]{21}[AQgw]$/)),
  to: accountIdSchema,
  ephPk: publicKeySchema,
  sealed: z.string().check(z.maxLength(700_000), z.regex(/^[A-Za-z0-9_-]*$/)),
});
export type KeyPackOuter = z.infer<typeof keyPackSchema>;
