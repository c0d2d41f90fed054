/** Lies told to a device that wants to be woken. */
import type { Attack } from './attack.ts';
import { editJson } from './editing.ts';

export const RING_ATTACKS: readonly Attack[] = [
  {
    name: 'gives no key to subscribe to pushes with',
    story: 'A browser is handed nonsense, and what comes of it is taken for consent.',
    journey: 'waking',
    apply: () => editJson('/v1/rings', (body) => ({ ...body, pushKey: 'AAAA' })),
    expects: 'not-a-server',
  },
  {
    name: 'says that a device is woken at more moments than there can be',
    story: 'The device runs out of memory.',
    journey: 'waking',
    apply: () =>
      editJson('/v1/rings', (body) => ({ ...body, at: Array.from({ length: 5000 }, (_, i) => i) })),
    expects: 'not-a-server',
  },
  {
    name: 'says that a device is woken at other moments than it asked for',
    story: 'The device takes the server’s moments for its reminders.',
    journey: 'waking',
    apply: () => editJson('/v1/rings', (body) => ({ ...body, at: [1, 2, 3] })),
    expects: 'harmless',
  },
  {
    name: 'takes what a device asked for and forgets it',
    story: 'Nobody is woken, and the moments are lost.',
    journey: 'waking',
    apply: () => ({
      onRequest: ({ method, path }) =>
        method === 'PUT' && path === '/v1/rings' ? { kind: 'answer', status: 204, body: null } : 'pass',
    }),
    expects: 'harmless',
  },
];
