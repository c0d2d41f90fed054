/** Sharing between two of the cast, with the app's own verbs: pinned in the room, given, packed, read, stopped. */
import 'fake-indexeddb/auto';
import { type LocalDay, dayOfInstant } from '@evenkeel/journal';
import { type AccountId, type GrantId, ZERO_HASH } from '@evenkeel/protocol';
import { type OfferedGrant, type Shared, openShared } from '@evenkeel/replica';
import {
  type Awaited as AwaitedGrant,
  type OwnGrant,
  type PackedKey,
  type Pin,
  type Scope,
  giveGrant,
  isAwaited,
  makeCard,
  makeReceipt,
  openAsGrantee,
  pinFromCard,
  readCode,
  revoke,
  settle,
} from '@evenkeel/sharing';
import type { Somebody } from './somebody.ts';

export const ZONE = 'Europe/London';

/** A share as the person's device knows it. `packed` grows as later months are packed. */
export type GivenShare = { readonly id: GrantId; readonly own: OwnGrant; readonly packed: PackedKey[] };

/** The clinician's desk: reads shares of people who scanned one of its cards. */
export type Desk = {
  readonly shared: Shared;
  readonly awaited: AwaitedGrant[];
  readonly pinned: Set<AccountId>;
};

/** The person scans the clinician's card. Nothing is shared by that. */
export async function pinInTheRoom(
  person: Somebody,
  clinician: Somebody,
  desk: Desk,
  origin: string,
): Promise<Pin> {
  const now = person.clock.now();
  const card = await makeCard(clinician.vault, {
    origin,
    account: clinician.account,
    name: clinician.name,
    now,
  });
  desk.awaited.push(card.awaited);
  const code = readCode(card.text, 'scanned');
  if (code.kind !== 'card') throw new Error('a card does not read as one');
  const read = await pinFromCard(code.object, person.holder.acct, now);
  if (!read.ok) throw new Error(`the card was refused: ${read.reason}`);
  return read.pin;
}

export async function openDesk(clinician: Somebody): Promise<Desk> {
  const awaited: AwaitedGrant[] = [];
  const pinned = new Set<AccountId>();
  const { vault, store, holder, clock, cert } = clinician;
  const shared = await openShared({
    vault,
    store,
    holder,
    now: clock.now,
    multiInstance: false,
    makeReceipt: (order) => makeReceipt(vault, { ...order, purpose: '', cert }),
    admit: (offer) => admit(clinician, { awaited, pinned }, offer),
  });
  return { shared, awaited, pinned };
}

/** Shares `scope`, and sends it with its keys. */
export async function give(
  person: Somebody,
  to: Pin,
  scope: Scope,
  expires: number | null = null,
): Promise<GivenShare> {
  const { vault, holder, replica } = person;
  const now = person.clock.now();
  const given = await giveGrant(vault, holder, {
    to,
    personName: person.name,
    scope,
    purpose: 'our meetings',
    consent: { version: '1', textHash: ZERO_HASH, language: 'en-GB', shownAt: now, acceptedAt: now },
    expires,
    now,
    log: replica.logs.grant(),
    inUse: replica.streamsInUse(),
    today: today(person),
  });
  if (!given.ok) throw new Error(`not shared: ${given.reason}`);
  const appended = await replica.logs.appendGrantLog(given.grantLog);
  if (!appended.ok) throw new Error(`the share was not taken: ${appended.reason}`);
  await replica.addPacks(given.packs);
  await replica.syncNow();
  const state = replica.logs.grant().grants.get(given.id);
  if (state === undefined) throw new Error('the share is not in its own log');
  return { id: given.id, own: { state, scope, to }, packed: [...given.packed] };
}

/** Packs what the share owes by now: what an unlocked device does after every pull and write. */
export async function settleShare(person: Somebody, share: GivenShare): Promise<void> {
  const { vault, replica } = person;
  const settled = await settle(vault, {
    ...circumstances(person),
    grants: [share.own],
    packed: share.packed,
  });
  if (settled.grantLog.length > 0) await replica.logs.appendGrantLog(settled.grantLog);
  await replica.addPacks(settled.packs);
  share.packed.push(...settled.packed);
  await replica.syncNow();
}

export async function stopShare(person: Somebody, share: GivenShare): Promise<void> {
  const { vault, replica } = person;
  const stopped = await revoke(vault, share.id, {
    ...circumstances(person),
    grants: [],
    packed: share.packed,
  });
  if (!stopped.ok) throw new Error(`not stopped: ${stopped.reason}`);
  await replica.logs.appendGrantLog(stopped.grantLog);
  await replica.addPacks(stopped.packs);
  await replica.syncNow();
}

function circumstances(person: Somebody) {
  const { replica, clock } = person;
  return { log: replica.logs.grant(), inUse: replica.streamsInUse(), today: today(person), now: clock.now() };
}

function today({ clock }: Somebody): LocalDay {
  return dayOfInstant(clock.now(), ZONE);
}

/** As the desk does it: a first share must repeat a card that was shown, or an invitation that was accepted. */
async function admit(
  clinician: Somebody,
  desk: Pick<Desk, 'awaited' | 'pinned'>,
  offer: OfferedGrant,
): Promise<'not-pinned' | 'not-invited' | null> {
  if (desk.pinned.has(offer.owner)) return null;
  const opened = await openAsGrantee(clinician.vault, offer.owner, offer.state.grant);
  if (!opened.ok) return 'not-pinned';
  const now = clinician.clock.now();
  if (!isAwaited(offer.owner, offer.state.grant, opened.detail, desk.awaited, now).ok) return 'not-invited';
  desk.pinned.add(offer.owner);
  return null;
}
