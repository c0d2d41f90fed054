/** Letter boxes on the server: invitations and the letters that link a second device. */
import { type MailboxId, fromBase64url, letterReplySchema } from '@evenkeel/protocol';
import type { Bytes } from '@evenkeel/protocol';
import { createClient } from '@evenkeel/replica';
import type { Opened } from './opened.ts';

export type SignedLetter = { readonly object: string; readonly letter: string | null };

export type Mailboxes = {
  /** Puts a letter there, or withdraws it (`letter` null). */
  readonly put: (id: MailboxId, letter: SignedLetter) => Promise<'kept' | 'offline' | 'refused'>;
  /** Reads the answer to an offer of this account, once; null when there is none yet. */
  readonly takeReply: (id: MailboxId) => Promise<Bytes | null>;
};

/** Null while there is no server. */
export async function mailboxesOf({ store, vault, holder, now }: Opened): Promise<Mailboxes | null> {
  const server = await store.server();
  if (server === null) return null;
  const client = createClient(
    { origin: server.origin },
    {
      acct: holder.acct,
      dev: holder.dev,
      signSession: (origin, challenge) => vault.signSession(origin, challenge),
    },
    now,
  );
  return {
    async put(id, letter) {
      const answer = await client.putLetter(id, letter);
      if (answer.ok) return 'kept';
      return answer.reason === 'unreachable' ? 'offline' : 'refused';
    },
    async takeReply(id) {
      const answer = await client.takeReply(id);
      return answer.ok ? fromBase64url(answer.value) : null;
    },
  };
}

/** The letter of a box, read once and without an account; `gone`: nothing there (any more). */
export async function takeLetter(origin: string, id: MailboxId): Promise<Bytes | 'gone' | 'offline'> {
  try {
    const reply = await fetch(`${origin}/v1/mailbox/${id}`, { headers: { accept: 'application/json' } });
    if (!reply.ok) return reply.status === 404 ? 'gone' : 'offline';
    return letterIn(await reply.json()) ?? 'gone';
  } catch {
    return 'offline';
  }
}

/** Answers an offer; needs no account. */
export async function putReply(
  origin: string,
  id: MailboxId,
  letter: string,
): Promise<'kept' | 'offline' | 'refused'> {
  try {
    const reply = await fetch(`${origin}/v1/mailbox/${id}/reply`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ letter }),
    });
    return reply.ok ? 'kept' : 'refused';
  } catch {
    return 'offline';
  }
}

function letterIn(value: unknown): Bytes | null {
  const parsed = letterReplySchema.safeParse(value);
  return parsed.success ? fromBase64url(parsed.data.letter) : null;
}
