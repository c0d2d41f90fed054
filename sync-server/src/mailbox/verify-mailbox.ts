/** Whether a device of the caller signed this Mailbox object, for this server and this box. */
import { type Bytes, type MailboxId, type z, mailboxSchema, verifyObject } from '@evenkeel/protocol';
import { ProblemFound } from '../problem-handler.ts';
import type { Caller } from '../route.ts';
import type { Services } from '../services.ts';

export async function verifyMailbox(
  { origin }: Pick<Services, 'origin'>,
  { acct, dev, account }: Caller,
  id: MailboxId,
  object: Bytes,
): Promise<z.infer<typeof mailboxSchema>> {
  const publicKey = account.devices.get(dev)?.signPk;
  if (publicKey === undefined) throw new ProblemFound('object-refused', 'unknown-device');
  const verified = await verifyObject(
    object,
    { type: 'mailbox', acct, signer: dev, publicKey },
    mailboxSchema,
  );
  // check: mailbox-signature
  if (!verified.ok) throw new ProblemFound('object-refused', verified.reason);
  // check: mailbox-origin
  if (verified.payload.origin !== origin) throw new ProblemFound('object-refused', 'it names another origin');
  // check: mailbox-id
  if (verified.payload.id !== id) throw new ProblemFound('object-refused', 'it names another box');
  return verified.payload;
}
