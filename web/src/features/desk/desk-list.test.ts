import { bytesToAccountId } from '@evenkeel/protocol';
import { EVERYTHING } from '@evenkeel/sharing';
import { expect, test } from 'vitest';
import type { DeskPerson } from '../../session/desk-contract.ts';
import { endsInDays, found, inDeskOrder, nameOf, neighbour } from './desk-list.ts';

const now = Date.parse('2026-07-14T09:00:00Z');
const day = 86_400_000;
let made = 0;

function person(name: string, parts: Partial<DeskPerson> = {}): DeskPerson {
  made += 1;
  return {
    owner: bytesToAccountId(new Uint8Array(16).fill(made)),
    name,
    label: '',
    checked: { how: 'in-person', at: now },
    words: null,
    since: now,
    status: 'sharing',
    unread: null,
    ended: null,
    share: { scope: EVERYTHING, expires: null, purpose: '', givenAt: now },
    lastEntryAt: now,
    fresh: 0,
    lastLookedAt: null,
    ...parts,
  };
}

test('those with something new come first, then the latest entry, then the linked, then those who stopped', () => {
  const list = inDeskOrder([
    person('E', { status: 'ended', fresh: 9 }),
    person('D', { status: 'linked', share: null, lastEntryAt: null }),
    person('C', { lastEntryAt: now - 3 * day }),
    person('B', { lastEntryAt: now - day }),
    person('A', { fresh: 2, lastEntryAt: now - 9 * day }),
    person('K', { status: 'waiting-for-key', lastEntryAt: null }),
  ]);
  expect(list.map(nameOf)).toEqual(['A', 'B', 'C', 'K', 'D', 'E']);
});

test('the order does not depend on the order in which people came', () => {
  const people = [person('Sam'), person('Sam'), person('Alex')];
  expect(inDeskOrder(people.toReversed())).toEqual(inDeskOrder(people));
});

test('a label stands for the name, and both are found', () => {
  const one = person('Samantha', { label: 'S. from group' });
  expect(nameOf(one)).toBe('S. from group');
  expect(found([one], 'SAMANTH')).toEqual([one]);
  expect(found([one], 'group')).toEqual([one]);
  expect(found([one], 'x')).toEqual([]);
  expect(found([one], '  ')).toEqual([one]);
});

test('an end is told in its last week, counted up to whole days', () => {
  const ending = (ms: number | null, status: DeskPerson['status'] = 'sharing') =>
    endsInDays(
      person('A', { status, share: { scope: EVERYTHING, expires: ms, purpose: '', givenAt: now } }),
      now,
    );
  expect(ending(now + 5 * day)).toBe(5);
  expect(ending(now + 5 * day - 1)).toBe(5);
  expect(ending(now + 60_000)).toBe(1);
  expect(ending(now + 8 * day)).toBeNull();
  expect(ending(null)).toBeNull();
  expect(ending(now - 1)).toBeNull();
  expect(ending(now + day, 'ended')).toBeNull();
});

test('j and k stop at the ends of the list', () => {
  const [a, b] = [person('A'), person('B')];
  expect(neighbour([a, b], null, 1)).toBe(a);
  expect(neighbour([a, b], a.owner, 1)).toBe(b);
  expect(neighbour([a, b], b.owner, 1)).toBe(b);
  expect(neighbour([a, b], a.owner, -1)).toBe(a);
  expect(neighbour([], null, 1)).toBeNull();
});
