/** What a lying server has at hand: what passed, and what anybody can make who has no key of the person's. */
import { encodeLockedNote } from '@evenkeel/journal';
import {
  type Bytes,
  ZERO_HASH,
  deviceCertSchema,
  emptyGrantLog,
  parseObject,
  parsePayload,
  randomMomentId,
  randomRecordId,
  toBase64url,
} from '@evenkeel/protocol';
import { giveGrant, makeInvitation, readAccount, sealOffer } from '@evenkeel/sharing';
import { createVault } from '@evenkeel/vault';
import type { Scene } from './attacks/attack.ts';

export type { Scene };

/** `ownObjects`: the device log of the person who is lied to, as far as the server knows it. */
export async function openScene(known: {
  readonly now: number;
  readonly ownObjects: readonly Uint8Array[];
  readonly recorded: Scene['recorded'];
}): Promise<Scene> {
  const { now, recorded } = known;
  const vault = createVault();
  const { holder, deviceLog } = await vault.create({ deviceName: 'server', now });
  const account = await readAccount(deviceLog[0]);
  if (!account.ok) throw new Error('expected a sound account');
  const { acct, signPk, boxPk } = account;
  const via = { kind: 'card', nonce: 'AAAAAAAAAAAAAAAAAAAAAA' } as const;
  const envelopes = await vault.seal(
    [1, 2, 3].map((day) => ({
      type: 'record' as const,
      cat: 1,
      month: 321,
      day,
      epoch: 0,
      rec: randomRecordId(),
      rev: 1,
      replaces: ZERO_HASH,
      plaintext: new Uint8Array(40).fill(day),
    })),
  );
  const given = await giveGrant(vault, holder, {
    to: {
      acct,
      account: account.account,
      signPk,
      boxPk,
      name: 'Dr Nobody',
      how: 'in-person',
      via,
      at: now,
      checkedAt: now,
    },
    personName: 'Nobody',
    scope: { categories: [1], period: { kind: 'all' } },
    purpose: '',
    consent: { version: '1', textHash: ZERO_HASH, language: 'en-GB', shownAt: now, acceptedAt: now },
    expires: null,
    now,
    log: emptyGrantLog(acct, signPk),
    inUse: [{ cat: 1, month: 321, epoch: 0, days: [1] }],
    today: '2026-10-10',
  });
  if (!given.ok) throw new Error(given.reason);
  const { invitation } = makeInvitation('https://elsewhere.example', now);
  const { wrap } = await vault.makeKit();
  const forgedNote = known.ownObjects.length === 0 ? new Uint8Array() : await noteFor(known.ownObjects, now);
  return {
    recorded,
    removedEnvelopes: [],
    ownObjects: known.ownObjects.map(toBase64url),
    foreignAcct: acct,
    foreignEnvelopes: envelopes.map(toBase64url),
    foreignObjects: [...deviceLog, ...given.grantLog, ...given.packs].map(toBase64url),
    foreignLetter: toBase64url(sealOffer(invitation, deviceLog[0])),
    foreignWrap: toBase64url(wrap),
    forgedNote: toBase64url(forgedNote),
  };
}

/** Any server that knows the log knows to which key a device seals what is written while it is locked. */
async function noteFor([first, cert]: readonly Uint8Array[], now: number): Promise<Bytes> {
  if (first === undefined || cert === undefined) throw new Error('expected a log');
  const account = await readAccount(first);
  const parsed = parseObject(cert);
  const device = parsed.ok ? parsePayload(parsed.object.payload, deviceCertSchema) : null;
  if (!account.ok || device?.ok !== true) throw new Error('expected the log of an account with a device');
  const plaintext = encodeLockedNote({
    id: randomMomentId(),
    at: now,
    zone: 'Europe/London',
    mood: { valence: -1 },
    text: 'nobody wrote this',
  });
  const { acct, boxPk } = account;
  return createVault().sealToInbox({ acct, dev: device.value.dev, boxPk, plaintext });
}
