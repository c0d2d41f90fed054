/** The clinician's desk as screens know it: people who share, their records, and how their keys were accepted. */
import type { EntryRecord } from '@evenkeel/journal';
import {
  type AccountId,
  type Bytes,
  type MailboxId,
  deviceCertSchema,
  fromBase64url,
  grantStatus,
  parseObject,
  parsePayload,
  toBase64url,
} from '@evenkeel/protocol';
import { type OfferedGrant, type Shared, type SharedGrant, openShared } from '@evenkeel/replica';
import {
  type Awaited,
  type GrantDetail,
  type Pin,
  invitationId,
  isAwaited,
  makeCard,
  makeReceipt,
  openAsGrantee,
  openOffer,
  readCode,
  sealReply,
  sixWords,
} from '@evenkeel/sharing';
import { createReading } from './create-reading.ts';
import type {
  Completeness,
  Desk,
  DeskPerson,
  DeskRecord,
  DeskState,
  OpenLinkOutcome,
} from './desk-contract.ts';
import { putReply, takeLetter } from './mailboxes.ts';
import { meetAgain } from './meet-again.ts';
import { shownMomentsOf, shownStandingOf } from './moments.ts';
import { changeNote, contactNotes, keepNote, keepPin, notesOf } from './notes.ts';
import { checkedOf } from './open-sharing.ts';
import { type Opened, createAnnouncer } from './opened.ts';
import { type ServerWrong, wrongOf } from './server-wrongs.ts';

/** A pin made from a card is told from the person's own grant: the server is not asked for anybody's keys. */
type Look = { readonly before: number | null };

export function openDesk(opened: Opened): Desk {
  const { replica, store, vault, holder, settings, now } = opened;
  const { subscribe, announce } = createAnnouncer();
  const looks = new Map<AccountId, Look>();
  const records = new Map<AccountId, { readonly key: string; readonly record: DeskRecord }>();
  let shared: Shared | null = null;
  let state: DeskState = { status: 'opening' };
  /** Whether all that is held of them is open. */
  let isRead = false;

  const readAnew = createReading(async () => {
    state = await readState(opened, shared, { looks, isRead });
    announce();
  });
  const refresh = (): void => void readAnew();

  const begin = async (): Promise<void> => {
    await replica.loaded;
    await replica.opened;
    const cert = await ownCert(opened);
    shared = await openShared({
      vault,
      store,
      holder,
      now,
      makeReceipt: (order) => makeReceipt(vault, { ...order, purpose: '', cert }),
      admit: (offer) => admit(opened, offer),
    });
    shared.subscribe(refresh);
    shared.loaded
      .then(() => {
        isRead = true;
        refresh();
      })
      .catch(() => undefined);
    replica.subscribe(() => {
      refresh();
      // A server can be joined under "This computer" as well, and exchange be paused there.
      void (settings.read().paused ? pause() : goOnline()).catch(() => undefined);
    });
    const { subscribe: hear, snapshot, lookAtClock, syncNow } = shared;
    let known = knownNotes(opened);
    replica.index.subscribe(() => {
      refresh();
      // On a new device whom one awaits and knows may come in after the shares that this lets in.
      const held = knownNotes(opened);
      if (held > known) void syncNow().catch(() => undefined);
      known = held;
    });
    // Coming back to the window may be coming back from sleep.
    document.addEventListener('visibilitychange', lookAtClock);
    meetAgain({
      subscribe: hear,
      connection: () => snapshot().connection,
      connect: () => {
        hasConnected = false;
        return goOnline();
      },
    });
    refresh();
    await goOnline();
  };
  let hasConnected = false;
  const goOnline = async (): Promise<void> => {
    const server = await store.server();
    if (hasConnected || server === null || shared === null || settings.read().paused) return;
    hasConnected = true;
    await shared.connect({ origin: server.origin });
    refresh();
  };
  const pause = async (): Promise<void> => {
    if (!hasConnected) return;
    hasConnected = false;
    await shared?.disconnect();
    refresh();
  };
  void begin().catch(() => {
    state = {
      status: 'ready',
      name: settings.read().shownName,
      server: null,
      online: false,
      lastContactAt: null,
      people: [],
    };
    announce();
  });

  const openLink = async (text: string, how: Parameters<Desk['openLink']>[1]): Promise<OpenLinkOutcome> => {
    const code = readCode(text, how);
    if (code.kind === 'refused') return { ok: false, reason: code.reason };
    if (code.kind !== 'invitation') return { ok: false, reason: 'other-code' };
    const { origin } = window.location;
    if (code.origin !== origin) return { ok: false, reason: 'other-server' };
    const secret = fromBase64url(code.secret);
    if (secret === null) return { ok: false, reason: 'damaged-link' };
    const mailbox = invitationId(secret);
    const joined = await joinWith(mailbox, origin);
    if (joined !== 'joined') return { ok: false, reason: joined };
    const letter = await takeLetter(origin, mailbox);
    if (letter === 'offline') return { ok: false, reason: 'offline' };
    if (letter === 'gone') return { ok: false, reason: 'used' };
    const offer = await openOffer(code.secret, letter, now());
    if (!offer.ok)
      return { ok: false, reason: offer.reason === 'newer-app-needed' ? 'newer-app-needed' : 'tampered' };
    const { pin } = offer;
    if (pin.acct === holder.acct) return { ok: false, reason: 'own-link' };
    const [account] = await replica.logs.deviceObjects();
    if (account === undefined) return { ok: false, reason: 'offline' };
    // What was read cannot be read again, so it is kept before anything else can fail.
    await keepPin(opened, pin);
    await keepNote(opened, 'awaited', { kind: 'invitation', id: mailbox, owner: pin.acct });
    const reply = sealReply(code.secret, pin.acct, account, settings.read().shownName);
    const put = await putReply(origin, mailbox, toBase64url(reply));
    refresh();
    if (put === 'offline') return { ok: false, reason: 'offline' };
    if (put === 'refused') return { ok: false, reason: 'used' };
    return { ok: true, owner: pin.acct, words: await sixWords(holder.acct, pin.acct, pin.via) };
  };

  const joinWith = async (
    mailbox: MailboxId,
    origin: string,
  ): Promise<'joined' | 'offline' | 'used' | 'signups-closed'> => {
    if ((await store.server()) !== null) return 'joined';
    const joined = await replica.joinServer({ origin, invitation: { kind: 'offer', mailbox } });
    if (!joined.ok) {
      if (joined.reason === 'signups-closed' || joined.reason === 'server-full') return 'signups-closed';
      return joined.reason === 'unreachable' ? 'offline' : 'used';
    }
    void replica.connect({ origin }).catch(() => undefined);
    await goOnline();
    return 'joined';
  };

  return {
    subscribe,
    read: () => state,
    async setName(shownName) {
      await settings.change({ shownName });
      refresh();
    },
    async card() {
      const server = await store.server();
      const [account] = await replica.logs.deviceObjects();
      if (server === null || account === undefined)
        throw new TypeError('a card needs a server that was joined');
      const made = await makeCard(vault, {
        origin: server.origin,
        account,
        name: settings.read().shownName,
        now: now(),
      });
      if (made.awaited.kind === 'card') await keepNote(opened, 'awaited', made.awaited);
      return { text: made.text, expires: made.expires };
    },
    openLink,
    async wordsMatch(owner) {
      const held = contactNotes(opened).find(({ body }) => body.pin.acct === owner);
      if (held !== undefined)
        await changeNote(opened, 'contact', held, {
          ...held.body,
          pin: { ...held.body.pin, checkedAt: now() },
        });
      refresh();
    },
    async forget(owner) {
      const held = contactNotes(opened).find(({ body }) => body.pin.acct === owner);
      if (held !== undefined) await changeNote(opened, 'contact', held, { ...held.body, forgotten: true });
      await shared?.forget(owner);
      refresh();
    },
    async setLabel(owner, label) {
      const held = contactNotes(opened).find(({ body }) => body.pin.acct === owner);
      if (held !== undefined) await changeNote(opened, 'contact', held, { ...held.body, label });
      refresh();
    },
    open(owner) {
      looks.set(owner, { before: lastLook(opened, owner) });
      refresh();
      void shared?.openPerson(owner).then(refresh, () => undefined);
    },
    close(owner) {
      looks.delete(owner);
      void keepLook(opened, owner).then(refresh, () => undefined);
    },
    record(owner) {
      const person = state.status === 'ready' ? state.people.find((one) => one.owner === owner) : undefined;
      if (shared === null || person === undefined || state.status !== 'ready') return OPENING;
      const index = shared.person(owner).snapshot();
      const { version } = shared.snapshot();
      const look = looks.get(owner);
      const key = `${version}/${index.version}/${person.status}/${look?.before ?? 'none'}`;
      const known = records.get(owner);
      if (known?.key === key) return known.record;
      const record = readRecord(shared, person, look);
      records.set(owner, { key, record });
      return record;
    },
  };
}

const OPENING: DeskRecord = { status: 'opening' };

async function readState(
  opened: Opened,
  shared: Shared | null,
  { looks, isRead }: { readonly looks: ReadonlyMap<AccountId, Look>; readonly isRead: boolean },
): Promise<DeskState> {
  const { store, settings, replica } = opened;
  if (shared === null) return { status: 'opening' };
  const { grants, connection } = shared.snapshot();
  const contacts = contactNotes(opened);
  const people = await Promise.all(
    contacts.map(async ({ body: { pin, label } }) => {
      const theirs = grants.filter(({ owner }) => owner === pin.acct);
      return personOf(opened, shared, { pin, label, grants: theirs, isOpen: looks.has(pin.acct), isRead });
    }),
  );
  const server = await store.server();
  const pulls = grants.flatMap(({ lastPullAt }) => lastPullAt ?? []);
  return {
    status: 'ready',
    name: settings.read().shownName,
    server: server?.origin ?? null,
    online: connection.status === 'online' || replica.sync().connection.status === 'online',
    lastContactAt: pulls.length === 0 ? null : Math.max(...pulls),
    people,
  };
}

async function personOf(
  opened: Opened,
  shared: Shared,
  {
    pin,
    label,
    grants,
    isOpen,
    isRead,
  }: {
    readonly pin: Pin;
    readonly label: string;
    readonly grants: readonly SharedGrant[];
    readonly isOpen: boolean;
    readonly isRead: boolean;
  },
): Promise<DeskPerson> {
  const { vault, holder, now } = opened;
  const current = grants.findLast(({ status }) => status === 'open') ?? grants.at(-1);
  const detail = current === undefined ? null : await detailOf(vault, current);
  const moments = shared.person(pin.acct).snapshot().moments();
  const lastLookedAt = lastLook(opened, pin.acct);
  const index = shared.person(pin.acct).snapshot();
  const cameAt = moments.map(({ records }) =>
    Math.max(...records.map((record) => index.held(record.rec)?.heldSince ?? 0)),
  );
  const [newest] = moments;
  const words = pin.how === 'link' ? await sixWords(holder.acct, pin.acct, pin.via) : null;
  return {
    owner: pin.acct,
    name: detail?.personName ?? pin.name,
    label,
    checked: checkedOf(pin),
    words,
    since: pin.at,
    status: statusOf(current, moments.length),
    unread: unreadOf(current, moments.length),
    ended: endOf(current, now()),
    share:
      detail === null || current === undefined
        ? null
        : {
            scope: detail.scope,
            expires: current.state.grant.expires,
            purpose: detail.purpose,
            givenAt: current.state.grant.time,
          },
    lastEntryAt:
      newest === undefined && !isRead
        ? undefined
        : newest === undefined || newest.when.precision === 'undated'
          ? null
          : newest.when.at,
    fresh: isOpen || lastLookedAt === null ? 0 : cameAt.filter((at) => at > lastLookedAt).length,
    lastLookedAt,
  };
}

function statusOf(grant: SharedGrant | undefined, moments: number): DeskPerson['status'] {
  if (grant === undefined) return 'linked';
  if (grant.status === 'ended') return 'ended';
  if (grant.status === 'refused' || grant.status === 'not-yet') return 'linked';
  return moments === 0 && grant.waitingForKey > 0 ? 'waiting-for-key' : 'sharing';
}

function unreadOf(grant: SharedGrant | undefined, moments: number): DeskPerson['unread'] {
  if (grant?.fault === 'not-invited') return 'not-asked-for';
  return grant?.fault === 'end-unproven' && moments === 0 ? 'unproven-end' : null;
}

function endOf(grant: SharedGrant | undefined, now: number): DeskPerson['ended'] {
  if (grant?.ended === null || grant === undefined) return null;
  return { at: grant.ended.at, why: grantStatus(grant.state, now) === 'expired' ? 'expired' : 'stopped' };
}

function readRecord(shared: Shared, person: DeskPerson, look: Look | undefined): DeskRecord {
  if (person.ended !== null) return { status: 'closed', why: person.ended.why };
  const grants = shared.snapshot().grants.filter(({ owner }) => owner === person.owner);
  const index = shared.person(person.owner).snapshot();
  const held = index.moments();
  const before = look?.before ?? null;
  const isFresh = (records: readonly EntryRecord[]): boolean =>
    before !== null && records.some((record) => (index.held(record.rec)?.heldSince ?? 0) > before);
  return {
    status: 'open',
    moments: shownMomentsOf(held.flatMap(({ records }) => records)),
    standing: shownStandingOf(index.undated()),
    lookedAt: before,
    fresh: new Set(held.filter(({ records }) => isFresh(records)).map(({ id }) => id)),
    completeness: completenessOf(grants),
    waitingForKey: grants.reduce((sum, grant) => sum + grant.waitingForKey, 0),
    setAside: grants.reduce((sum, grant) => sum + grant.setAside, 0),
    wrongs: wrongsOf(grants),
  };
}

function wrongsOf(grants: readonly SharedGrant[]): readonly ServerWrong[] {
  const faults = grants.flatMap(({ fault, completeness }) => [
    ...(fault === null ? [] : [fault]),
    ...completeness.faults.map((one) => one.fault),
  ]);
  return [...new Set(faults.flatMap((fault) => wrongOf(fault) ?? []))];
}

function completenessOf(grants: readonly SharedGrant[]): Completeness {
  const open = grants.filter(({ status }) => status === 'open').map(({ completeness }) => completeness);
  if (open.some(({ restarted }) => restarted)) return { kind: 'restarted' };
  const times = open.map(({ asOf }) => asOf);
  const known = times.filter((time) => time !== null);
  if (known.length === 0 || known.length < times.length) return { kind: 'unknown' };
  const asOf = Math.min(...known);
  const missing = open.reduce((sum, one) => sum + one.missing, 0);
  return missing > 0 ? { kind: 'behind', asOf, missing } : { kind: 'complete', asOf };
}

const details = new WeakMap<object, GrantDetail>();

async function detailOf(vault: Opened['vault'], { owner, state }: SharedGrant): Promise<GrantDetail | null> {
  const known = details.get(state.grant);
  if (known !== undefined) return known;
  const read = await openAsGrantee(vault, owner, state.grant);
  if (!read.ok) return null;
  details.set(state.grant, read.detail);
  return read.detail;
}

/** A first share must repeat a card that was shown here or a link that was opened here; then its sender is pinned. */
async function admit(opened: Opened, offer: OfferedGrant): Promise<'not-pinned' | 'not-invited' | null> {
  const { vault, now } = opened;
  const pinned = contactNotes(opened).some(({ body }) => body.pin.acct === offer.owner);
  if (pinned && !offer.isFirst) return null;
  const read = await openAsGrantee(vault, offer.owner, offer.state.grant);
  if (!read.ok) return 'not-invited';
  const awaited = notesOf(opened, 'awaited').map(({ body }): Awaited =>
    body.kind === 'card' ? body : { kind: 'invitation', id: body.id, acct: body.owner },
  );
  const first = isAwaited(offer.owner, offer.state.grant, read.detail, awaited, now());
  if (!first.ok) return 'not-invited';
  if (pinned) return null;
  if (first.via.kind !== 'card') return 'not-pinned';
  const at = now();
  await keepPin(opened, {
    acct: offer.owner,
    account: toBase64url(offer.account),
    ...offer.ownerKeys,
    name: read.detail.personName,
    how: 'in-person',
    via: first.via,
    at,
    checkedAt: at,
  });
  return null;
}

/** How many say whose share is let in. */
function knownNotes(opened: Opened): number {
  return notesOf(opened, 'awaited').length + contactNotes(opened).length;
}

/** This device's DeviceCert: what receipts carry, so that a person can know who signed them. */
async function ownCert({ replica, holder }: Opened): Promise<Bytes> {
  for (const bytes of await replica.logs.deviceObjects()) {
    const parsed = parseObject(bytes);
    if (!parsed.ok || parsed.object.type !== 'device-cert') continue;
    const cert = parsePayload(parsed.object.payload, deviceCertSchema);
    if (cert.ok && cert.value.dev === holder.dev) return bytes;
  }
  throw new TypeError('this device has no certificate in its own log');
}

function lastLook(opened: Opened, owner: AccountId): number | null {
  return notesOf(opened, 'look').findLast(({ body }) => body.owner === owner)?.body.at ?? null;
}

async function keepLook(opened: Opened, owner: AccountId): Promise<void> {
  const held = notesOf(opened, 'look').findLast(({ body }) => body.owner === owner);
  const body = { owner, at: opened.now() };
  if (held === undefined) await keepNote(opened, 'look', body);
  else await changeNote(opened, 'look', held, body);
}
