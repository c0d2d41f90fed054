/**
 * The inbox: what a person writes while the diary is locked. A note is sealed to the account's own key and lies on
 * this device alone; the next unlock turns it into envelopes. It is never sent, never taken from a server or a
 * backup, and erased only once its envelopes are durable. docs/protocol.md, "Unlock".
 */
import { type LockedNote, encodeLockedNote, momentOfLockedNote, parseLockedNote } from '@evenkeel/journal';
import {
  accountIdSchema,
  deviceIdSchema,
  publicKeySchema,
  randomBytes,
  toBase64url,
  z,
} from '@evenkeel/protocol';
import type { Holder, Vault } from '@evenkeel/vault';
import type { DeviceStore } from './device-store.ts';
import { refusalOfFault } from './faults-of-storage.ts';
import type { Replica } from './replica.ts';

/** So many notes wait at most: whoever holds a locked device must not be able to fill it. */
export const MOST_LOCKED_NOTES = 200;

/** `no-key`: this device does not know whom to seal to yet; it does after the diary was opened once. */
export type LeaveOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'no-key' | 'no-room' | 'too-many' };

/** What came of the notes that waited. */
export type TakenIn = {
  readonly notes: number;
  /** They do not open: changed, or sealed to another key. They stay until `forgetUnreadable`. */
  readonly unreadable: number;
  /** The device would have sealed notes to another key than the account's: somebody has changed it. */
  readonly keyWasChanged: boolean;
};

const KEY_FACT = 'inbox-key';
const keySchema = z.strictObject({ acct: accountIdSchema, dev: deviceIdSchema, boxPk: publicKeySchema });

export async function canLeaveNote(store: DeviceStore): Promise<boolean> {
  return keySchema.safeParse(await store.readFact(KEY_FACT)).success;
}

/** Needs a vault, and no key in it. Durable when it resolves. */
export async function leaveNote(store: DeviceStore, vault: Vault, note: LockedNote): Promise<LeaveOutcome> {
  const key = keySchema.safeParse(await store.readFact(KEY_FACT));
  if (!key.success) return { ok: false, reason: 'no-key' };
  if ((await store.tables.inbox.count()) >= MOST_LOCKED_NOTES) return { ok: false, reason: 'too-many' };
  const box = await vault.sealToInbox({ ...key.data, plaintext: encodeLockedNote(note) });
  try {
    // A name of its own: the note's id is sealed.
    await store.tables.inbox.add({ id: toBase64url(randomBytes(16)), box });
  } catch (fault) {
    if (refusalOfFault(fault) === 'storage-full') return { ok: false, reason: 'no-room' };
    throw fault;
  }
  return { ok: true };
}

/**
 * Compares the stored key with the one just derived and puts it right, then takes in what waits. A note whose moment
 * is in the diary already was taken in by an unlock that was cut off: only the note is erased.
 */
export async function takeInNotes(open: {
  readonly store: DeviceStore;
  readonly vault: Vault;
  readonly holder: Holder;
  readonly replica: Replica;
}): Promise<TakenIn> {
  const { store, vault, replica } = open;
  const keyWasChanged = await keepKey(store, open.holder);
  const rows = await store.tables.inbox.toArray();
  if (rows.length === 0) return { notes: 0, unreadable: 0, keyWasChanged };
  await replica.loaded;
  let notes = 0;
  let unreadable = 0;
  const opened = await vault.openFromInbox(rows.map(({ box }) => box));
  for (const [i, { id }] of rows.entries()) {
    const plaintext = opened[i];
    const note = plaintext && parseLockedNote(plaintext);
    const made = note && momentOfLockedNote(note, replica.clock);
    if (!note || !made?.ok) {
      unreadable += 1;
      continue;
    }
    const known = replica.index.snapshot().recordsOf(note.id).length > 0;
    // One by one, so that a full device keeps what there was no room for.
    if (!known && !(await replica.save(made.records)).ok) continue;
    await store.tables.inbox.delete(id);
    notes += 1;
  }
  return { notes, unreadable, keyWasChanged };
}

/** Erases what does not open, once the person was told. Notes that do open are left alone. */
export async function forgetUnreadable({
  store,
  vault,
}: {
  readonly store: DeviceStore;
  readonly vault: Vault;
}): Promise<void> {
  const rows = await store.tables.inbox.toArray();
  const opened = await vault.openFromInbox(rows.map(({ box }) => box));
  const lost = rows.filter((_, i) => {
    const plaintext = opened[i];
    return !plaintext || parseLockedNote(plaintext) === null;
  });
  await store.tables.inbox.bulkDelete(lost.map(({ id }) => id));
}

/** Whether another key lay there. */
async function keepKey(store: DeviceStore, { acct, dev, boxPk }: Holder): Promise<boolean> {
  const stored = await store.readFact(KEY_FACT);
  const key = keySchema.safeParse(stored);
  const same = key.success && key.data.boxPk === boxPk;
  if (same && key.data.acct === acct && key.data.dev === dev) return false;
  await store.keepFact(KEY_FACT, { acct, dev, boxPk });
  return stored !== undefined && !same;
}
