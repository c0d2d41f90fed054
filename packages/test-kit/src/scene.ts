/** What a lying server has at hand: what passed, and what anybody can make who has no key of the person's. */
import { ZERO_HASH, emptyGrantLog, randomRecordId, toBase64url } from '@evenkeel/protocol';
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
  return {
    recorded,
    removedEnvelopes: [],
    ownObjects: known.ownObjects.map(toBase64url),
    foreignAcct: acct,
    foreignEnvelopes: envelopes.map(toBase64url),
    foreignObjects: [...deviceLog, ...given.grantLog, ...given.packs].map(toBase64url),
    foreignLetter: toBase64url(sealOffer(invitation, deviceLog[0])),
    foreignWrap: toBase64url(wrap),
  };
}
