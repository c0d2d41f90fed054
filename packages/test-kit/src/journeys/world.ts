/** A server, a liar in front of it, a clock, and an account the liar made for itself. */
import { type Bytes, ZERO_HASH, emptyGrantLog, randomRecordId, toBase64url } from '@evenkeel/protocol';
import { giveGrant, makeInvitation, readAccount, sealOffer } from '@evenkeel/sharing';
import { type RunningServer, startServer } from '@evenkeel/sync-server';
import { createVault } from '@evenkeel/vault';
import type { Noticed, Scene } from '../attacks/attack.ts';
import { type HandWoundClock, handWoundClock } from '../clock.ts';
import { type EvilServer, startEvilServer } from '../evil-server.ts';
import type { ServerPlace } from '../somebody.ts';

export type World = AsyncDisposable & {
  readonly clock: HandWoundClock;
  readonly server: RunningServer;
  readonly evil: EvilServer;
  /** The real server, asked directly. */
  readonly honest: ServerPlace;
  /** The same server through the liar. */
  readonly lying: ServerPlace;
  readonly scene: (ownObjects: readonly Bytes[]) => Scene;
};

/** One journey, prepared up to the point where the lie is told. */
export type Journey = AsyncDisposable & {
  readonly world: World;
  readonly scene: Scene;
  /** Does the thing, and returns every word the client has for what it met; none when it noticed nothing. */
  readonly act: () => Promise<readonly Noticed[]>;
  /** The same with an honest server. Returns what is not as it should be; empty when everything is. */
  readonly heal: () => Promise<readonly string[]>;
};

/** 10 October 2026, 09:00 UTC. */
export const START = Date.UTC(2026, 9, 10, 9);

export async function openWorld(): Promise<World> {
  const clock = handWoundClock(START);
  const server = await startServer({ signups: 'open', clock: clock.now });
  const port = new URL(server.url).port;
  const evil = await startEvilServer(`http://127.0.0.1:${port}`);
  const foreign = await foreignThings(clock.now());
  return {
    clock,
    server,
    evil,
    honest: { origin: server.url, address: `http://127.0.0.1:${port}` },
    lying: { origin: server.url, address: evil.address },
    scene: (ownObjects) => ({ ...foreign, ownObjects: ownObjects.map(toBase64url), recorded: evil.recorded }),
    [Symbol.asyncDispose]: async () => {
      await evil.close();
      await server.close();
    },
  };
}

/** What anybody can make who has no key of the person's. */
async function foreignThings(now: number): Promise<Omit<Scene, 'recorded' | 'ownObjects'>> {
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
    foreignAcct: acct,
    foreignEnvelopes: envelopes.map(toBase64url),
    foreignObjects: [...deviceLog, ...given.grantLog, ...given.packs].map(toBase64url),
    foreignLetter: toBase64url(sealOffer(invitation, deviceLog[0])),
    foreignWrap: toBase64url(wrap),
  };
}
