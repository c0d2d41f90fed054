/** What may lie open about the recovery kit: that there is one, and where a server keeps its wrap. */
import { mailboxIdSchema, timeSchema, z } from '@evenkeel/protocol';

export const kitFactSchema = z.object({
  madeAt: timeSchema,
  id: mailboxIdSchema,
  checkedAt: z.nullable(timeSchema),
});
