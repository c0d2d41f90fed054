/** Sharing as screens know it: pins, invitations, grants and receipts, on top of the replica and `sharing`. */
import { type EntryRecord, SHARED_CATEGORIES, categoryNumber } from '@evenkeel/journal';
import { type GrantId, bytesToHash32, grantStatus, sha256, utf8 } from '@evenkeel/protocol';
import {
  INVITATION_LIFE_MS,
  type Pin,
  type ReadChains,
  type ReplacedGrant,
  contains,
  endConsent,
  giveGrant,
  isEmpty,
  makeInvitation,
  makeScope,
  openReply,
  pinFromCard,
  preview,
  putLetter,
  readCode,
  readReceipts,
  recordConsent,
  replaceGrant,
  revoke,
  sealOffer,
  settle,
  sixWords,
} from '@evenkeel/sharing';
import { createReading } from './create-reading.ts';
import { type HeldNote, changeNote, contactNotes, keepNote, keepPin, notesOf } from './notes.ts';
import { mailboxesOf } from './mailboxes.ts';
import { shownMomentsOf, shownStandingOf } from './moments.ts';
import { type Opened, createAnnouncer } from './opened.ts';
import { type KnownGrant, carryOut, circumstances, knownGrants } from './shares.ts';
import type {
  CategoryCount,
  ChangeKind,
  Checked,
  ConsentShown,
  Contact,
  EndedShare,
  Invitation,
  Share,
  ShareOutcome,
  ShareTerms,
  Sharing,
  SharingState,
} from './sharing-contract.ts';

const REPLIES_EVERY_MS = 5000;
/** A change of terms ends the old share within this long of the new one. */
const CHANGE_WITHIN_MS = 60_000;

/** A share that was stopped elsewhere meanwhile, or is not known, cannot be changed any more. */
const REFUSALS = {
  'not-checked': 'not-checked',
  'nothing-shared': 'nothing-chosen',
  'not-grantable': 'refused',
  'ends-before-it-begins': 'refused',
  'unknown-grant': 'only-stopped',
  'already-stopped': 'only-stopped',
  'no-epoch-left': 'refused',
} as const satisfies Record<
  Extract<ReplacedGrant, { ok: false }>['reason'],
  Extract<ShareOutcome, { ok: false }>['reason']
>;

export function openSharing(opened: Opened): Sharing {
  const { replica, store, vault, holder, settings, now } = opened;
  const { subscribe, announce } = createAnnouncer();
  let state: SharingState = { status: 'opening' };

  const readAnew = createReading(async () => {
    state = await readState(opened);
    announce();
  });
  const refresh = (): void => void readAnew();
  replica.subscribe(refresh);
  replica.index.subscribe(refresh);
  refresh();

  const lookForReplies = async (): Promise<void> => {
    const boxes = await mailboxesOf(opened);
    if (boxes === null) return;
    for (const held of openInvitations(opened)) {
      const { secret, id, madeAt } = held.body;
      const letter = await boxes.takeReply(id);
      if (letter === null) continue;
      const reply = await openReply({ secret, id, madeAt }, holder.acct, letter, now());
      if (!reply.ok) continue;
      await keepPin(opened, reply.pin);
      await changeNote(opened, 'invitation', held, { ...held.body, end: reply.pin.acct });
      refresh();
    }
  };
  const asking = globalThis.setInterval(() => {
    if (openInvitations(opened).length > 0) void lookForReplies().catch(() => undefined);
  }, REPLIES_EVERY_MS);
  void replica.loaded.then(lookForReplies).catch(() => undefined);
  // The timer ends with the page: locking loads it anew.
  void asking;

  const give = async (
    pin: Pin,
    terms: ShareTerms,
    consent: ConsentShown,
    replaced: GrantId | null = null,
  ): Promise<ShareOutcome> => {
    const { scope, personName, purpose, expires } = terms;
    if (isEmpty(scope)) return { ok: false, reason: 'nothing-chosen' };
    const about = await circumstances(opened);
    const offer = {
      to: pin,
      scope,
      personName,
      purpose,
      expires,
      now: now(),
      consent: {
        version: consent.version,
        textHash: bytesToHash32(sha256(utf8(consent.text))),
        language: consent.language,
        shownAt: consent.shownAt,
        acceptedAt: now(),
      },
    };
    const made =
      replaced === null
        ? await giveGrant(vault, holder, { ...offer, ...about })
        : await replaceGrant(vault, holder, replaced, offer, about);
    if (!made.ok) return { ok: false, reason: REFUSALS[made.reason] };
    const done = await carryOut(opened, made);
    if (done === 'log-moved') return give(pin, terms, consent, replaced);
    if (done === 'refused') return { ok: false, reason: 'refused' };
    if (replaced !== null) await noteEnd(replaced);
    // The server refused the new half; the end of the old one is kept whatever it says.
    if (!replica.logs.grant().grants.has(made.id)) {
      refresh();
      return { ok: false, reason: 'only-stopped' };
    }
    const subject = { acct: holder.acct };
    await keepNote(
      opened,
      'consent',
      recordConsent({ grant: made.id, subject, recipient: pin, detail: made.detail, expires }),
    );
    await settings.change({ shownName: personName });
    // What the other shares need under the new keys.
    if (replaced !== null) await carryOut(opened, await settle(vault, await circumstances(opened)));
    refresh();
    return { ok: true, grant: made.id, reached: done === 'sent' ? 'server' : 'waiting' };
  };

  const stop: Sharing['stop'] = async (grant) => {
    const made = await revoke(vault, grant, await circumstances(opened));
    if (!made.ok) return { ok: false, reason: 'already-ended' };
    const [end, ...others] = made.grantLog;
    if (end === undefined) return { ok: false, reason: 'already-ended' };
    const done = await carryOut(opened, { grantLog: [end], packs: [], packed: [] });
    if (done === 'log-moved') return stop(grant);
    if (done === 'refused') return { ok: false, reason: 'already-ended' };
    // What the other shares need under the new keys; what is not taken now is supplied later.
    await carryOut(opened, { grantLog: others, packs: made.packs, packed: made.packed });
    await noteEnd(grant);
    refresh();
    return { ok: true, reached: done === 'sent' ? 'server' : 'waiting' };
  };

  const noteEnd = async (grant: GrantId): Promise<void> => {
    const consent = notesOf(opened, 'consent').find(({ body }) => body.record === grant);
    if (consent !== undefined)
      await changeNote(opened, 'consent', consent, endConsent(consent.body, 'withdrawn', now()));
  };

  const contactNote = (acct: string): HeldNote<'contact'> | undefined =>
    contactNotes(opened).find(({ body }) => body.pin.acct === acct);

  const changeKind: Sharing['changeKind'] = (grant, terms) => {
    const known = state.status === 'ready' ? state.shares.find((share) => share.grant === grant) : undefined;
    if (known === undefined) return 'other';
    return kindOfChange(known.terms, terms);
  };

  return {
    subscribe,
    read: () => state,
    async readCard(text, how) {
      const code = readCode(text, how);
      if (code.kind === 'refused') return { ok: false, reason: code.reason };
      if (code.kind !== 'card') return { ok: false, reason: 'other-code' };
      const read = await pinFromCard(code.object, holder.acct, now());
      if (!read.ok) return read;
      const server = await store.server();
      if (server === null || server.origin !== read.origin) return { ok: false, reason: 'other-server' };
      await keepPin(opened, read.pin);
      refresh();
      return { ok: true, contact: await contactOf(opened, read.pin) };
    },
    async invite(forWhom) {
      const server = await store.server();
      const boxes = await mailboxesOf(opened);
      if (server === null || boxes === null) return { ok: false, reason: 'offline' };
      const { invitation, link } = makeInvitation(server.origin, now());
      const [account] = await replica.logs.deviceObjects();
      if (account === undefined) return { ok: false, reason: 'refused' };
      const request = {
        origin: server.origin,
        id: invitation.id,
        letter: sealOffer(invitation, account),
        now: now(),
      };
      const put = await boxes.put(invitation.id, await putLetter(vault, request));
      if (put !== 'kept') return { ok: false, reason: put };
      const { secret, id, madeAt } = invitation;
      await keepNote(opened, 'invitation', { secret, id, madeAt, forWhom, link, end: null });
      refresh();
      return {
        ok: true,
        invitation: { id, forWhom, link, madeAt, expires: madeAt + INVITATION_LIFE_MS, status: 'waiting' },
      };
    },
    async withdraw(id) {
      const held = notesOf(opened, 'invitation').find(({ body }) => body.id === id);
      if (held === undefined) return { ok: true };
      const server = await store.server();
      const boxes = await mailboxesOf(opened);
      if (server === null || boxes === null) return { ok: false, reason: 'offline' };
      const put = await boxes.put(
        id,
        await putLetter(vault, { origin: server.origin, id, letter: null, now: now() }),
      );
      if (put === 'offline') return { ok: false, reason: 'offline' };
      await changeNote(opened, 'invitation', held, { ...held.body, end: 'withdrawn' });
      refresh();
      return { ok: true };
    },
    async wordsMatch(acct) {
      const held = contactNote(acct);
      if (held === undefined) return;
      await changeNote(opened, 'contact', held, {
        ...held.body,
        pin: { ...held.body.pin, checkedAt: now() },
      });
      refresh();
    },
    async forget(acct) {
      const held = contactNote(acct);
      const isSharing = (await knownGrants(opened)).some(
        ({ state: grant, to }) => to.acct === acct && grantStatus(grant, now()) === 'active',
      );
      if (held === undefined || isSharing) return;
      await changeNote(opened, 'contact', held, {
        ...held.body,
        pin: { ...held.body.pin, checkedAt: null },
        forgotten: true,
      });
      refresh();
    },
    async count(period) {
      const made = makeScope(
        SHARED_CATEGORIES.map((category) => categoryNumber(category)),
        period,
      );
      if (!made.ok) return [];
      const { byCategory } = preview(await allRecords(opened), made.scope);
      return byCategory.map(({ cat, opened: entries, closed }): CategoryCount => ({
        cat,
        entries,
        held: entries + closed,
      }));
    },
    async preview(scope) {
      const drawn = preview(await allRecords(opened), scope);
      return {
        moments: shownMomentsOf(drawn.opened),
        standing: shownStandingOf(drawn.opened),
        heldBack: drawn.heldBack,
        onlyCounted: drawn.onlyCounted,
        withEarlierValues: drawn.earlierValues.records,
      };
    },
    async share(acct, terms, consent) {
      const held = contactNote(acct);
      if (held === undefined || held.body.pin.checkedAt === null) return { ok: false, reason: 'not-checked' };
      return give(held.body.pin, terms, consent);
    },
    changeKind,
    async change(grant, terms, consent) {
      if (changeKind(grant, terms) === 'same') return { ok: true, grant, reached: 'server' };
      const known = (await knownGrants(opened)).find(({ id }) => id === grant);
      if (known === undefined) return { ok: false, reason: 'refused' };
      return give(known.to, terms, consent, grant);
    },
    stop,
    async receipts(grant) {
      const read = await receiptsOf(opened, grant);
      // What is missing may have been held back: it is asked for again, and shown when it comes.
      if (read.faults.length > 0) await replica.receiptsAgain();
      return read;
    },
  };
}

async function readState(opened: Opened): Promise<SharingState> {
  const { replica, store, settings, now } = opened;
  await replica.opened;
  if ((await store.server()) === null) return { status: 'no-server' };
  const grants = await knownGrants(opened);
  const shares: Share[] = [];
  const ended: EndedShare[] = [];
  for (const grant of grants.toReversed()) {
    const contact = await contactOf(opened, grant.to);
    const status = grantStatus(grant.state, now());
    const base = { grant: grant.id, with: contact, terms: termsOf(grant) };
    if (grant.state.revoked !== null) {
      const reached = (await isSent(opened, grant)) ? 'server' : 'waiting';
      ended.push({
        ...base,
        endedAt: grant.state.revoked.time,
        why: wasChanged(grant, grants) ? 'changed' : 'stopped',
        reached,
      });
    } else if (status === 'expired') {
      ended.push({ ...base, endedAt: grant.state.grant.expires ?? now(), why: 'expired', reached: 'server' });
    } else {
      const { receipts } = await receiptsOf(opened, grant.id);
      const opening = receipts.filter(({ why }) => why === 'opened').map(({ time }) => time);
      shares.push({
        ...base,
        givenAt: grant.state.grant.time,
        status: (await isSent(opened, grant)) ? 'active' : 'waiting',
        lastOpenedAt: opening.length === 0 ? null : Math.max(...opening),
      });
    }
  }
  const sharing = new Set(shares.map((share) => share.with.acct));
  const contacts = await Promise.all(contactNotes(opened).map(({ body }) => contactOf(opened, body.pin)));
  return {
    status: 'ready',
    online: replica.sync().connection.status === 'online',
    shares,
    contacts: contacts.filter(({ acct }) => !sharing.has(acct)),
    invitations: waitingInvitations(opened),
    ended,
    personName: settings.read().shownName,
    firstDay: replica.index.snapshot().summaries()[0]?.day ?? null,
    longestMs: null,
  };
}

async function contactOf({ holder }: Opened, pin: Pin): Promise<Contact> {
  const words = pin.how === 'link' ? await sixWords(holder.acct, pin.acct, pin.via) : null;
  return { acct: pin.acct, name: pin.name, checked: checkedOf(pin), words, addedAt: pin.at };
}

export function checkedOf(pin: Pin): Checked {
  if (pin.checkedAt === null) return { how: 'not-yet' };
  return { how: pin.how === 'in-person' ? 'in-person' : 'words', at: pin.checkedAt };
}

async function isSent({ store }: Opened, { state }: KnownGrant): Promise<boolean> {
  const rows = await store.tables.logs.where('[log+seq]').aboveOrEqual(['grant', state.grant.seq]).toArray();
  return rows.every((row) => row.log !== 'grant' || row.sent);
}

/** Whether a stopped share made room for a new one to the same person. */
function wasChanged(grant: KnownGrant, all: readonly KnownGrant[]): boolean {
  const endedAt = grant.state.revoked?.time ?? 0;
  return all.some(
    ({ id, to, state }) =>
      id !== grant.id &&
      to.acct === grant.to.acct &&
      Math.abs(endedAt - state.grant.time) < CHANGE_WITHIN_MS &&
      state.grant.time > grant.state.grant.time,
  );
}

function openInvitations(opened: Opened): readonly HeldNote<'invitation'>[] {
  return notesOf(opened, 'invitation').filter(
    ({ body }) => body.end === null && opened.now() <= body.madeAt + INVITATION_LIFE_MS,
  );
}

function waitingInvitations(opened: Opened): readonly Invitation[] {
  return notesOf(opened, 'invitation')
    .filter(({ body }) => body.end === null)
    .map(({ body: { id, forWhom, link, madeAt } }) => {
      const expires = madeAt + INVITATION_LIFE_MS;
      return {
        id,
        forWhom,
        link,
        madeAt,
        expires,
        status: opened.now() > expires ? ('expired' as const) : ('waiting' as const),
      };
    })
    .toReversed();
}

async function receiptsOf(opened: Opened, grant: GrantId): Promise<ReadChains> {
  const { replica, vault, holder, store } = opened;
  const known = (await knownGrants(opened)).find(({ id }) => id === grant);
  const server = await store.server();
  if (known === undefined || server === null) return { receipts: [], faults: [] };
  const objects = (await replica.receipts())
    .filter((receipt) => receipt.grant === grant)
    .map(({ bytes }) => bytes);
  const clinician = { acct: known.to.acct, signPk: known.to.signPk };
  return readReceipts(vault, { grant, origin: server.origin, owner: holder.acct, clinician }, objects);
}

async function allRecords({ replica }: Opened): Promise<readonly EntryRecord[]> {
  await replica.loaded;
  const snapshot = replica.index.snapshot();
  const binned = snapshot.binned().map(({ record }) => record);
  return [...snapshot.moments().flatMap(({ records }) => records), ...snapshot.undated(), ...binned];
}

function termsOf({ detail, state }: KnownGrant): ShareTerms {
  const { scope, purpose, personName } = detail;
  return { scope, purpose, personName, expires: state.grant.expires };
}

function kindOfChange(before: ShareTerms, after: ShareTerms): ChangeKind {
  const [covers, isCovered] = [contains(after.scope, before.scope), contains(before.scope, after.scope)];
  if (covers && isCovered) {
    const isSame =
      before.expires === after.expires &&
      before.purpose === after.purpose &&
      before.personName === after.personName;
    return isSame ? 'same' : 'other';
  }
  if (covers) return 'wider';
  return isCovered ? 'narrower' : 'other';
}
