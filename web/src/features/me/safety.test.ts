import { expect, test } from 'vitest';
import type { MeState } from '../../session/me-contract.ts';
import { safetyFacts } from './safety.ts';

const lock: MeState['lock'] = { methods: ['words'], autoLockMinutes: 5, lockOnHide: true };
const joined = (onServer: number, entries: number): MeState['server'] => ({
  status: 'joined',
  origin: 'https://sync.example.org',
  servesApp: true,
  sync: 'live',
  refusal: null,
  completeAsOf: null,
  restartedAt: null,
  onServer,
  entries,
  pending: [],
  quarantine: [],
  wrongs: [],
  lastContactAt: null,
});
const good = (state: Pick<MeState, 'lock' | 'server' | 'kit'>) => safetyFacts(state).map((fact) => fact.good);
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
