import { expect, test } from 'vitest';
import type { MeState } from '../../session/me-contract.ts';
import { lossToday, safetyFacts } from './safety.ts';

const lock: MeState['lock'] = { methods: ['words'], autoLockMinutes: 5, lockOnHide: true, shared: false };
const joined = (onServer: number, entries: number): MeState['server'] => ({
  status: 'joined',
  origin: 'https://sync.example.org',
  servesApp: true,
  sync: 'live',
  refusal: null,
  olderCopy: null,
  completeAsOf: null,
  restartedAt: null,
  onServer,
  entries,
  pending: [],
  quarantine: [],
  wrongs: [],
  lastContactAt: null,
});
const never = { last: null, entries: 84 };
const backedUp = (newer: number) => ({
  last: { at: 0, bytes: 1, entries: 84 - newer, opensWith: ['recovery'] as const, newer },
  entries: 84,
});
const good = (
  state: Pick<MeState, 'lock' | 'server' | 'kit'>,
  backup: typeof never | ReturnType<typeof backedUp> = never,
) => safetyFacts({ ...state, backup }).map((fact) => fact.good);
const kit: MeState['kit'] = { status: 'checked', madeAt: 0, checkedAt: 0 };

test('a PIN alone is a curtain and does not count as safe', () => {
  expect(good({ lock: { ...lock, methods: ['pin'] }, server: joined(3, 3), kit })).toEqual([
    false,
    true,
    true,
  ]);
  expect(good({ lock: { ...lock, methods: [] }, server: joined(3, 3), kit })[0]).toBe(false);
  expect(good({ lock: { ...lock, methods: ['pin', 'passkey'] }, server: joined(3, 3), kit })[0]).toBe(true);
});

test('on the server counts only once every entry is there', () => {
  expect(good({ lock, server: joined(83, 84), kit })[1]).toBe(false);
  expect(good({ lock, server: joined(84, 84), kit })[1]).toBe(true);
  expect(good({ lock, server: { status: 'none' }, kit })[1]).toBe(false);
});

test('a kit counts once three words were given back', () => {
  expect(good({ lock, server: joined(0, 0), kit: { status: 'unchecked', madeAt: 0 } })[2]).toBe(false);
});

test('a backup is a second place, and counts while nothing is newer than it', () => {
  expect(good({ lock, server: { status: 'none' }, kit }, backedUp(0))).toEqual([true, true, true]);
  expect(good({ lock, server: { status: 'none' }, kit }, backedUp(3))).toEqual([true, false, true]);
  expect(good({ lock, server: joined(84, 84), kit }, backedUp(3))).toEqual([true, true, false, true]);
});

test('what would be lost today is never less than what is only here', () => {
  const loss = (
    server: MeState['server'],
    backup: typeof never | ReturnType<typeof backedUp>,
    kitState: MeState['kit'] = kit,
  ) => lossToday({ lock, server, kit: kitState, devices: [], backup });
  const noKit: MeState['kit'] = { status: 'none' };
  expect(loss({ status: 'none' }, { last: null, entries: 0 })).toBeNull();
  expect(loss({ status: 'none' }, never)).toEqual({ what: 'everything' });
  expect(loss({ status: 'none' }, backedUp(0), noKit)).toEqual({ what: 'nothing' });
  expect(loss({ status: 'none' }, backedUp(3))).toEqual({ what: 'some', entries: 3 });
  expect(loss(joined(84, 84), never)).toEqual({ what: 'nothing' });
  expect(loss(joined(80, 84), never)).toEqual({ what: 'some', entries: 4 });
  expect(loss(joined(84, 84), never, noKit)).toEqual({ what: 'closed' });
  expect(loss(joined(84, 84), backedUp(3), noKit)).toEqual({ what: 'some', entries: 3 });
});
