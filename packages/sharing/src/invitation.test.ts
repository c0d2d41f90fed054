import {
  CARD_LIFE_MS,
  type Bytes,
  ZERO_HASH,
  concat,
  emptyGrantLog,
  fromBase64url,
  grantSchema,
  parseObject,
  toBase64url,
  verifyObject,
} from '@evenkeel/protocol';
import { createVault } from '@evenkeel/vault';
import { expect, test } from 'vitest';
import { CARD_PREFIX, makeCard, pinFromCard } from './clinician-card.ts';
import { sixWords } from './fingerprint.ts';
import {
  CARD_ARRIVAL_MS,
  CARD_GRACE_MS,
  type Awaited as AwaitedGrant,
  type GrantOffer,
  isAwaited,
  makeGrant,
  openAsGrantee,
  openAsOwner,
} from './grant.ts';
import {
  INVITATION_LIFE_MS,
  makeInvitation,
  openOffer,
  openReply,
  putLetter,
  sealOffer,
  sealReply,
} from './invitation.ts';
import { type Pin, markChecked, readAccount } from './pin.ts';
import { readCode } from './read-code.ts';

const NOW = Date.UTC(2026, 9, 15, 9);
const ORIGIN = 'https://diary.example';
const CONSENT = { version: '1', textHash: ZERO_HASH, language: 'en-GB', shownAt: NOW, acceptedAt: NOW };

async function somebody(deviceName: string) {
  const vault = createVault();
  const { holder, deviceLog } = await vault.create({ deviceName, now: NOW });
  return { vault, holder, account: deviceLog[0] };
}

async function linked() {
  const [person, clinician] = await Promise.all([somebody('phone'), somebody('desk')]);
  const { invitation, link } = makeInvitation(ORIGIN, NOW);
  const code = readCode(link, 'pasted');
  if (code.kind !== 'invitation') throw new Error('expected our own link to be read');
  const offer = sealOffer(invitation, person.account);
  const opened = await openOffer(code.secret, offer, NOW);
  if (!opened.ok) throw new Error(opened.reason);
  const reply = sealReply(code.secret, opened.pin.acct, clinician.account, 'Dr Ali');
  const answered = await openReply(invitation, person.holder.acct, reply, NOW);
  if (!answered.ok) throw new Error(answered.reason);
  return {
    person,
    clinician,
    invitation,
    secret: code.secret,
    offer,
    reply,
    ofPerson: opened.pin,
    ofClinician: answered.pin,
  };
}

test('a link leads both to each other, and both read the same six words', async () => {
  const { person, clinician, invitation, ofPerson, ofClinician } = await linked();
  expect(ofPerson).toMatchObject({
    acct: person.holder.acct,
    boxPk: person.holder.boxPk,
    how: 'link',
    checkedAt: null,
  });
  expect(ofClinician).toMatchObject({
    acct: clinician.holder.acct,
    boxPk: clinician.holder.boxPk,
    name: 'Dr Ali',
    how: 'link',
    checkedAt: null,
  });
  const here = await sixWords(person.holder.acct, ofClinician.acct, ofClinician.via);
  const there = await sixWords(clinician.holder.acct, ofPerson.acct, ofPerson.via);
  expect(here).toEqual(there);
  expect(here).toHaveLength(6);
  expect(ofClinician.via).toEqual({ kind: 'invitation', id: invitation.id });
});

test('what lies on the server names nobody, and the link carries the secret only behind its #', async () => {
  const { person, invitation, offer, reply } = await linked();
  const { link } = makeInvitation(ORIGIN, NOW);
  const url = new URL(link);
  expect(url.pathname + url.search).toBe('/');
  expect(toBase64url(concat(offer, reply))).not.toContain(person.holder.signPk.slice(3, 30));
  expect(invitation.id).not.toContain(invitation.secret.slice(0, 16));
});

test('keys swapped in the offer are noticed: by the server, in every byte, and with an account of another secret', async () => {
  const { secret, offer } = await linked();
  const mallory = await somebody('server');
  const elsewhere = makeInvitation(ORIGIN, NOW);
  expect(await openOffer(secret, sealOffer(elsewhere.invitation, mallory.account), NOW)).toEqual({
    ok: false,
    reason: 'tampered',
  });
  for (let at = 0; at < offer.length; at += 11) {
    expect(await openOffer(secret, flipped(offer, at), NOW)).toEqual({ ok: false, reason: 'tampered' });
  }
  expect(await openOffer(secret, new Uint8Array(3), NOW)).toEqual({ ok: false, reason: 'tampered' });
});

test('keys swapped in the reply are noticed: by the server, in every byte, and a reply meant for somebody else', async () => {
  const { person, invitation, secret, reply } = await linked();
  const mallory = await somebody('server');
  const other = await somebody('another person');
  const { acct } = person.holder;
  const elsewhere = makeInvitation(ORIGIN, NOW).invitation;
  expect(
    await openReply(invitation, acct, sealReply(elsewhere.secret, acct, mallory.account, 'Dr Ali'), NOW),
  ).toEqual({ ok: false, reason: 'tampered' });
  expect(
    await openReply(invitation, acct, sealReply(secret, other.holder.acct, mallory.account, 'Dr Ali'), NOW),
  ).toEqual({ ok: false, reason: 'tampered' });
  for (let at = 0; at < reply.length; at += 11) {
    expect(await openReply(invitation, acct, flipped(reply, at), NOW)).toEqual({
      ok: false,
      reason: 'tampered',
    });
  }
  expect(await openReply(invitation, acct, sealOffer(invitation, person.account), NOW)).toEqual({
    ok: false,
    reason: 'tampered',
  });
});

test('somebody else who holds the link can answer it, but not with the same six words, and nothing is shared before they are compared', async () => {
  const { person, clinician, invitation, secret, ofPerson } = await linked();
  const mallory = await somebody('somebody who saw the link');
  const answered = await openReply(
    invitation,
    person.holder.acct,
    sealReply(secret, person.holder.acct, mallory.account, 'Dr Ali'),
    NOW,
  );
  if (!answered.ok) throw new Error(answered.reason);
  const here = await sixWords(person.holder.acct, answered.pin.acct, answered.pin.via);
  const there = await sixWords(clinician.holder.acct, ofPerson.acct, ofPerson.via);
  expect(here).not.toEqual(there);
  expect(await grantTo(person, answered.pin)).toEqual({ ok: false, reason: 'not-checked' });
});

test('an account object that lies about its keys is refused wherever it comes from', async () => {
  const { person, invitation, secret } = await linked();
  const mallory = await somebody('server');
  const signature = mallory.account.subarray(mallory.account.length - 64);
  const mixed = concat(person.account.subarray(0, person.account.length - 64), signature);
  expect(await readAccount(mixed)).toEqual({ ok: false, reason: 'forged' });
  expect(await openOffer(secret, sealOffer(invitation, mixed), NOW)).toEqual({ ok: false, reason: 'forged' });
  expect(
    await openReply(
      invitation,
      person.holder.acct,
      sealReply(secret, person.holder.acct, mixed, 'Dr Ali'),
      NOW,
    ),
  ).toEqual({ ok: false, reason: 'forged' });
  for (let at = 38; at < person.account.length; at += 5)
    expect((await readAccount(flipped(person.account, at))).ok).toBe(false);
});

test('an answer from the own account, or after seven days, is refused', async () => {
  const { person, invitation, secret, reply } = await linked();
  const own = sealReply(secret, person.holder.acct, person.account, 'me');
  expect(await openReply(invitation, person.holder.acct, own, NOW)).toEqual({
    ok: false,
    reason: 'own-account',
  });
  expect(await openReply(invitation, person.holder.acct, reply, NOW + INVITATION_LIFE_MS + 1)).toEqual({
    ok: false,
    reason: 'invitation-too-old',
  });
});

test('a letter is put by a request that names its very bytes', async () => {
  const { person, invitation, offer } = await linked();
  const put = await putLetter(person.vault, { origin: ORIGIN, id: invitation.id, letter: offer, now: NOW });
  expect(put.letter).toBe(toBase64url(offer));
  const object = parseObject(fromBase64url(put.object) ?? new Uint8Array());
  expect(object.ok && object.object.signer).toBe(person.holder.dev);
  expect(
    (await putLetter(person.vault, { origin: ORIGIN, id: invitation.id, letter: null, now: NOW })).letter,
  ).toBeNull();
});

test('a card scanned in the room pins its owner as checked, for ten minutes', async () => {
  const [person, clinician] = await Promise.all([somebody('phone'), somebody('desk')]);
  const card = await makeCard(clinician.vault, {
    origin: ORIGIN,
    account: clinician.account,
    name: 'Dr Ali',
    now: NOW,
  });
  expect(card.text.length).toBeLessThan(1400);
  const scanned = scan(card.text);
  const read = await pinFromCard(scanned, person.holder.acct, NOW + 60_000);
  if (!read.ok) throw new Error(read.reason);
  expect(read.pin).toMatchObject({
    acct: clinician.holder.acct,
    name: 'Dr Ali',
    how: 'in-person',
    checkedAt: NOW + 60_000,
  });
  expect(await pinFromCard(scanned, person.holder.acct, NOW + 2 * CARD_LIFE_MS)).toEqual({
    ok: false,
    reason: 'too-old',
  });
  expect(await pinFromCard(scanned, person.holder.acct, NOW - 2 * CARD_LIFE_MS)).toEqual({
    ok: false,
    reason: 'too-old',
  });
  expect(await pinFromCard(scanned, clinician.holder.acct, NOW)).toEqual({
    ok: false,
    reason: 'own-account',
  });
  for (let at = 2; at < scanned.length; at += 9) {
    expect((await pinFromCard(flipped(scanned, at), person.holder.acct, NOW)).ok).toBe(false);
  }
});

test("a card with somebody else's keys under the clinician's signature, or the other way round, is refused", async () => {
  const [person, clinician, mallory] = await Promise.all([
    somebody('phone'),
    somebody('desk'),
    somebody('printer'),
  ]);
  const stolen = await makeCard(mallory.vault, {
    origin: ORIGIN,
    account: clinician.account,
    name: 'Dr Ali',
    now: NOW,
  });
  expect(await pinFromCard(scan(stolen.text), person.holder.acct, NOW)).toEqual({
    ok: false,
    reason: 'forged',
  });
  const planted = await makeCard(clinician.vault, {
    origin: ORIGIN,
    account: mallory.account,
    name: 'Dr Ali',
    now: NOW,
  });
  expect(await pinFromCard(scan(planted.text), person.holder.acct, NOW)).toEqual({
    ok: false,
    reason: 'forged',
  });
  expect(await pinFromCard(clinician.account, person.holder.acct, NOW)).toEqual({
    ok: false,
    reason: 'malformed',
  });
});

test('a first grant is taken only when it repeats the invitation or the card, by the very person', async () => {
  const { person, clinician, invitation, ofClinician } = await linked();
  const made = await grantTo(person, markChecked(ofClinician, NOW));
  if (!made.ok) throw new Error(made.reason);
  const grant = await payloadOf(person, made.object);
  const opened = await openAsGrantee(clinician.vault, person.holder.acct, grant);
  if (!opened.ok) throw new Error(opened.reason);
  const awaited: readonly AwaitedGrant[] = [
    { kind: 'invitation', id: invitation.id, acct: person.holder.acct },
  ];
  expect(isAwaited(person.holder.acct, grant, opened.detail, awaited, NOW)).toEqual({
    ok: true,
    via: ofClinician.via,
  });
  expect(isAwaited(person.holder.acct, grant, opened.detail, [], NOW)).toEqual({
    ok: false,
    reason: 'not-invited',
  });
  const somebodyElse = await somebody('other');
  const swapped: readonly AwaitedGrant[] = [
    { kind: 'invitation', id: invitation.id, acct: somebodyElse.holder.acct },
  ];
  expect(isAwaited(person.holder.acct, grant, opened.detail, swapped, NOW)).toEqual({
    ok: false,
    reason: 'wrong-person',
  });
  const other = makeInvitation(ORIGIN, NOW).invitation;
  const wrongId: readonly AwaitedGrant[] = [{ kind: 'invitation', id: other.id, acct: person.holder.acct }];
  expect(isAwaited(person.holder.acct, grant, opened.detail, wrongId, NOW)).toEqual({
    ok: false,
    reason: 'not-invited',
  });

  const card = {
    ...opened.detail,
    via: { kind: 'card', nonce: toBase64url(new Uint8Array(16).fill(9)) },
  } as const;
  const shown: AwaitedGrant = { kind: 'card', nonce: card.via.nonce, expires: NOW };
  expect(isAwaited(person.holder.acct, grant, card, [shown], NOW)).toEqual({ ok: true, via: card.via });
  expect(
    isAwaited(person.holder.acct, grant, card, [{ ...shown, nonce: toBase64url(new Uint8Array(16)) }], NOW),
  ).toEqual({ ok: false, reason: 'not-invited' });
  expect(
    isAwaited(person.holder.acct, grant, card, [{ ...shown, expires: NOW - CARD_GRACE_MS - 1 }], NOW),
  ).toEqual({ ok: false, reason: 'card-too-old' });
  // What its sender says of the time is not all: by the clinician's own clock the card is long over.
  const long = NOW + CARD_GRACE_MS + CARD_ARRIVAL_MS;
  expect(isAwaited(person.holder.acct, grant, card, [shown], long)).toMatchObject({ ok: true });
  expect(isAwaited(person.holder.acct, grant, card, [shown], long + 1)).toEqual({
    ok: false,
    reason: 'card-too-old',
  });
});

test('what a grant means opens for its two ends, to the same words, and for nobody else', async () => {
  const { person, clinician, ofClinician } = await linked();
  const made = await grantTo(person, markChecked(ofClinician, NOW));
  if (!made.ok) throw new Error(made.reason);
  const grant = await payloadOf(person, made.object);
  const [there, here] = [
    await openAsGrantee(clinician.vault, person.holder.acct, grant),
    await openAsOwner(person.vault, person.holder.acct, grant),
  ];
  expect(there).toEqual(here);
  expect(there.ok && there.detail).toMatchObject({
    personName: 'Sam',
    purpose: 'our meetings',
    clinicianName: 'Dr Ali',
  });
  const nobody = await somebody('nobody');
  expect(await openAsGrantee(nobody.vault, person.holder.acct, grant)).toEqual({
    ok: false,
    reason: 'not-for-us',
  });
  expect(
    await openAsGrantee(clinician.vault, person.holder.acct, {
      ...grant,
      sealedToGrantee: grant.sealedToOwner,
    }),
  ).toEqual({ ok: false, reason: 'not-for-us' });
  const moved = await openAsGrantee(clinician.vault, nobody.holder.acct, grant);
  expect(moved).toEqual({ ok: false, reason: 'not-for-us' });
});

test('a share of nothing, of what may not be shared, or already over, is not made', async () => {
  const { person, ofClinician } = await linked();
  const to = markChecked(ofClinician, NOW);
  expect(await grantTo(person, to, { scope: { categories: [], period: { kind: 'all' } } })).toEqual({
    ok: false,
    reason: 'nothing-shared',
  });
  expect(await grantTo(person, to, { scope: { categories: [241], period: { kind: 'all' } } })).toEqual({
    ok: false,
    reason: 'not-grantable',
  });
  expect(await grantTo(person, to, { expires: NOW })).toEqual({ ok: false, reason: 'ends-before-it-begins' });
});

function grantTo(person: Awaited<ReturnType<typeof somebody>>, to: Pin, change: Partial<GrantOffer> = {}) {
  return makeGrant(person.vault, person.holder, emptyGrantLog(person.holder.acct, person.holder.signPk), {
    to,
    personName: 'Sam',
    scope: { categories: [1], period: { kind: 'from', first: '2026-10-01' } },
    purpose: 'our meetings',
    consent: CONSENT,
    expires: null,
    standing: true,
    streams: [],
    now: NOW,
    ...change,
  });
}

async function payloadOf(person: Awaited<ReturnType<typeof somebody>>, object: Bytes) {
  const { acct, signPk } = person.holder;
  const verified = await verifyObject(
    object,
    { type: 'grant', acct, signer: 'identity', publicKey: signPk },
    grantSchema,
  );
  if (!verified.ok) throw new Error(verified.reason);
  return verified.payload;
}

function scan(text: string): Bytes {
  const read = readCode(text, 'scanned');
  if (read.kind !== 'card' || !text.startsWith(CARD_PREFIX)) throw new Error('expected a card');
  return read.object;
}

function flipped(bytes: Uint8Array, at: number): Bytes {
  const out = new Uint8Array(bytes);
  out[at] = (out[at] ?? 0) ^ 1;
  return out;
}
