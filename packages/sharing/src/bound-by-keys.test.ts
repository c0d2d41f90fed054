import { type LocalDay, UNDATED_PLACE, addDays, dayOfInstant, placeOfDay } from '@evenkeel/journal';
import {
  type Bytes,
  ZERO_HASH,
  emptyGrantLog,
  randomRecordId,
  replayDeviceLog,
  toBase64url,
} from '@evenkeel/protocol';
import { type Place, createVault } from '@evenkeel/vault';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { giveGrant } from './give.ts';
import { receivePack } from './key-pack.ts';
import type { StreamInUse } from './keys-for-scope.ts';
import { type Pin, readAccount } from './pin.ts';
import { revoke } from './revocation.ts';
import { type Scope, covers } from './scope.ts';

const NOW = Date.UTC(2026, 3, 10, 9);
const TODAY = dayOfInstant(NOW, 'Europe/London');
const CONSENT = { version: '1', textHash: ZERO_HASH, language: 'en-GB', shownAt: NOW, acceptedAt: NOW };

/** A person, and somebody they pinned in the room. */
async function twoPeople() {
  const [person, clinician] = [createVault(), createVault()];
  const made = await person.create({ deviceName: 'phone', now: NOW });
  const other = await clinician.create({ deviceName: 'desk', now: NOW });
  const deviceLog = await replayDeviceLog(made.deviceLog);
  const account = await readAccount(other.deviceLog[0]);
  if (!deviceLog.ok || !account.ok) throw new Error('expected two sound accounts');
  const { acct, signPk, boxPk } = account;
  const via = { kind: 'card', nonce: toBase64url(new Uint8Array(16)) } as const;
  const pin: Pin = {
    acct,
    account: account.account,
    signPk,
    boxPk,
    name: 'Dr Ali',
    how: 'in-person',
    via,
    at: NOW,
    checkedAt: NOW,
  };
  return { person, clinician, owner: made.holder, deviceLog: deviceLog.log, pin };
}

type Sealed = Place & { readonly epoch: number; readonly envelope: Bytes };

async function sealAt(
  person: ReturnType<typeof createVault>,
  places: readonly Place[],
  epoch: number,
): Promise<readonly Sealed[]> {
  const envelopes = await person.seal(
    places.map((place) => ({
      ...place,
      type: 'record' as const,
      epoch,
      rec: randomRecordId(),
      rev: 1,
      replaces: ZERO_HASH,
      plaintext: new TextEncoder().encode(JSON.stringify(place)),
    })),
  );
  return places.flatMap((place, i) => {
    const envelope = envelopes[i];
    return envelope === undefined ? [] : [{ ...place, epoch, envelope }];
  });
}

function inUseOf(sealed: readonly Sealed[]): readonly StreamInUse[] {
  return sealed.map(({ cat, month, day, epoch }) => ({ cat, month, epoch, days: [day] }));
}

const FIRST_DAY = '2026-01-01';
const day = fc.integer({ min: 0, max: 110 }).map((i): LocalDay => addDays(FIRST_DAY, i));
const anyPlace: fc.Arbitrary<Place> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.constantFrom(1, 2, 3, 4, 241), day)
      .map(([cat, at]) => ({ cat, ...(placeOfDay(at) ?? UNDATED_PLACE) })),
  },
  { weight: 1, arbitrary: fc.constantFrom(1, 13, 240).map((cat) => ({ cat, ...UNDATED_PLACE })) },
);
const anyScope: fc.Arbitrary<Scope> = fc
  .tuple(
    fc.subarray([1, 2, 3, 4, 13], { minLength: 1 }),
    fc.oneof(
      fc.constant({ kind: 'all' } as const),
      day.map((first) => ({ kind: 'from', first }) as const),
      fc
        .tuple(day, day)
        .map(([a, b]) => ({ kind: 'between', first: a < b ? a : b, last: a < b ? b : a }) as const),
    ),
  )
  .map(([categories, period]) => ({ categories, period }));

test('with every key of a share a clinician opens what is in scope, and nothing else, to the day and the kind', async () => {
  const { person, clinician, owner, deviceLog, pin } = await twoPeople();
  const places = fc.sample(anyPlace, { seed: 11, numRuns: 220 });
  const sealed = [
    ...(await sealAt(person, places.slice(0, 150), 0)),
    ...(await sealAt(person, places.slice(150), 1)),
  ];
  const inUse = inUseOf(sealed);
  let opened = 0;
  let kept = 0;
  for (const scope of fc.sample(anyScope, { seed: 12, numRuns: 300 })) {
    const log = emptyGrantLog(owner.acct, owner.signPk);
    const given = await giveGrant(person, owner, {
      to: pin,
      personName: 'Sam',
      scope,
      purpose: '',
      consent: CONSENT,
      expires: null,
      now: NOW,
      log,
      inUse,
      today: TODAY,
    });
    if (!given.ok) throw new Error(given.reason);
    const state = given.log.grants.get(given.id);
    if (state === undefined) throw new Error('expected the grant in its log');
    for (const pack of given.packs) {
      const received = await receivePack(clinician, { deviceLog, state }, pack);
      if (!received.ok) throw new Error(received.reason);
      for (const key of received.keys) {
        expect(key.day).not.toBe(0);
        const days = key.day === null ? Array.from({ length: 31 }, (_, i) => i + 1) : [key.day];
        const real = days.filter((one) => key.month === UNDATED_PLACE.month || inside(key.month, one));
        for (const one of real)
          expect(
            covers(scope, key.cat, { month: key.month, day: key.month === UNDATED_PLACE.month ? 0 : one }),
          ).toBe(true);
      }
    }
    const outcomes = await clinician.open(sealed.map(({ envelope }) => ({ owner: owner.acct, envelope })));
    for (const [i, outcome] of outcomes.entries()) {
      const one = sealed[i];
      if (one === undefined) throw new Error('expected an outcome for each envelope');
      const expected = covers(scope, one.cat, one);
      expect(outcome.ok).toBe(expected);
      if (outcome.ok) opened += 1;
      else {
        expect(outcome.reason).toBe('no-key');
        kept += 1;
      }
    }
    await clinician.dropKeys(given.id);
  }
  expect(opened).toBeGreaterThan(5000);
  expect(kept).toBeGreaterThan(5000);
}, 120_000);

test('a share that expires hands over no day after its end', async () => {
  const { person, clinician, owner, deviceLog, pin } = await twoPeople();
  const places = Array.from({ length: 30 }, (_, i) => ({
    cat: 1,
    ...(placeOfDay(addDays('2026-04-01', i)) ?? UNDATED_PLACE),
  }));
  const sealed = await sealAt(person, places, 0);
  const given = await giveGrant(person, owner, {
    to: pin,
    personName: '',
    scope: { categories: [1], period: { kind: 'all' } },
    purpose: '',
    consent: CONSENT,
    expires: Date.UTC(2026, 3, 15, 12),
    now: NOW,
    log: emptyGrantLog(owner.acct, owner.signPk),
    inUse: inUseOf(sealed),
    today: TODAY,
  });
  if (!given.ok) throw new Error(given.reason);
  const state = given.log.grants.get(given.id);
  if (state === undefined) throw new Error('expected the grant in its log');
  for (const pack of given.packs)
    expect((await receivePack(clinician, { deviceLog, state }, pack)).ok).toBe(true);
  const outcomes = await clinician.open(sealed.map(({ envelope }) => ({ owner: owner.acct, envelope })));
  expect(outcomes.map(({ ok }) => ok)).toEqual(places.map(({ day: date }) => date <= 16));
});

test('after a share is stopped, new entries, back-dated entries and edits of old ones stay shut for the old keys and open for everybody else', async () => {
  const { person, clinician, owner, deviceLog, pin } = await twoPeople();
  const second = createVault();
  const made = await second.create({ deviceName: 'other desk', now: NOW });
  const otherPin: Pin = {
    ...pin,
    acct: made.holder.acct,
    signPk: made.holder.signPk,
    boxPk: made.holder.boxPk,
    name: 'Dr Bo',
  };
  const march = fc
    .sample(day, { seed: 3, numRuns: 40 })
    .map((at) => ({ cat: 1, ...(placeOfDay(at) ?? UNDATED_PLACE) }));
  const before = await sealAt(person, march, 0);
  const scope: Scope = { categories: [1], period: { kind: 'from', first: '2026-02-11' } };
  let log = emptyGrantLog(owner.acct, owner.signPk);
  const terms = {
    personName: 'Sam',
    scope,
    purpose: '',
    consent: CONSENT,
    expires: null,
    now: NOW,
    inUse: inUseOf(before),
    today: TODAY,
  };
  const first = await giveGrant(person, owner, { ...terms, to: pin, log });
  if (!first.ok) throw new Error(first.reason);
  log = first.log;
  const other = await giveGrant(person, owner, { ...terms, to: otherPin, log });
  if (!other.ok) throw new Error(other.reason);
  log = other.log;
  for (const { id, packs, vault } of [
    { ...first, vault: clinician },
    { ...other, vault: second },
  ]) {
    const state = log.grants.get(id);
    if (state === undefined) throw new Error('expected both grants');
    for (const pack of packs) expect((await receivePack(vault, { deviceLog, state }, pack)).ok).toBe(true);
  }

  const otherState = log.grants.get(other.id);
  if (otherState === undefined) throw new Error('expected the other grant');
  const stopped = await revoke(person, first.id, {
    log,
    grants: [{ state: otherState, scope, to: otherPin }],
    inUse: inUseOf(before),
    packed: [...first.packed, ...other.packed],
    today: TODAY,
    now: NOW,
  });
  if (!stopped.ok) throw new Error(stopped.reason);
  expect(stopped.epoch).toBe(1);
  const after = await sealAt(person, march, stopped.epoch);

  const open = async (vault: typeof clinician, sealed: readonly Sealed[]) =>
    (await vault.open(sealed.map(({ envelope }) => ({ owner: owner.acct, envelope })))).map(({ ok }) => ok);
  const inScope = march.map((place) => covers(scope, place.cat, place));
  expect(await open(clinician, after)).toEqual(march.map(() => false));
  expect(await open(clinician, before)).toEqual(inScope);

  const widened = stopped.log.grants.get(other.id);
  if (widened === undefined) throw new Error('expected the other grant still there');
  for (const pack of stopped.packs)
    expect((await receivePack(second, { deviceLog, state: widened }, pack)).ok).toBe(true);
  expect(await open(second, after)).toEqual(inScope);
  expect(await open(second, before)).toEqual(inScope);
});

function inside(month: number, date: number): boolean {
  return date <= new Date(Date.UTC(2000, month + 1, 0)).getUTCDate();
}
