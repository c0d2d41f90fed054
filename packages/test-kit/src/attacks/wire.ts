/** Lies below the meaning: answers that break off, are too large, or are no answers at all. */
import { toBase64url, utf8 } from '@evenkeel/protocol';
import type { Attack } from './attack.ts';
import { editOwn, isBody } from './editing.ts';

const onPull = (path: string): boolean => path === '/v1/pull';

export const WIRE_ATTACKS: readonly Attack[] = [
  {
    name: 'breaks off in the middle of an answer',
    story: 'Half a page is taken for a whole one.',
    journey: 'first-pull',
    apply: () => ({ onReply: ({ path }) => (onPull(path) ? { kind: 'half', bytes: 600 } : 'pass') }),
    expects: 'unreachable',
  },
  {
    name: 'never answers a pull',
    story: 'The device waits for ever.',
    journey: 'first-pull',
    apply: () => ({ onRequest: ({ path }) => (onPull(path) ? 'drop' : 'pass') }),
    expects: 'unreachable',
  },
  {
    name: 'answers late',
    story: 'A device that counts on order takes a late answer for a new one.',
    journey: 'first-pull',
    apply: () => ({ onReply: ({ path }) => (onPull(path) ? { kind: 'delay', ms: 60 } : 'pass') }),
    expects: 'harmless',
  },
  {
    name: 'answers a pull with a web page',
    story: 'A captive portal is taken for the server.',
    journey: 'first-pull',
    apply: () => ({
      onReply: ({ path }) =>
        onPull(path) ? { kind: 'bytes', bytes: utf8('<html><title>Sign in</title></html>') } : 'pass',
    }),
    expects: 'not-a-server',
  },
  {
    name: 'answers a pull with another shape',
    story: 'A reader that does not check breaks inside.',
    journey: 'first-pull',
    apply: () => ({
      onReply: ({ path }) =>
        onPull(path) ? { kind: 'change', body: { replies: [{ kind: 'own', items: 'many' }] } } : 'pass',
    }),
    expects: 'not-a-server',
  },
  {
    name: 'sends an envelope larger than there can be',
    story: 'The device runs out of memory.',
    journey: 'first-pull',
    apply: () =>
      editOwn((page) => ({
        ...page,
        items: page.items.map((item) =>
          isBody(item) ? { ...item, env: toBase64url(new Uint8Array(200_000)) } : item,
        ),
      })),
    expects: 'not-a-server',
  },
  {
    name: 'says it is another server',
    story: 'What is signed for one server is used at another.',
    journey: 'session',
    apply: () => ({
      onReply: ({ path, reply }) =>
        path === '/v1/server' && typeof reply === 'object'
          ? { kind: 'change', body: { ...reply, origin: 'https://elsewhere.example' } }
          : 'pass',
    }),
    expects: 'wrong-origin',
  },
  {
    name: 'is no server of ours at all',
    story: 'A mistyped address is taken for the diary’s server.',
    journey: 'session',
    apply: () => ({
      onReply: ({ path }) =>
        path === '/v1/server' ? { kind: 'bytes', bytes: utf8('<html></html>') } : 'pass',
    }),
    expects: 'not-a-server',
  },
  {
    name: 'uses up the challenge itself',
    story: 'Nobody can open a session.',
    journey: 'session',
    apply: () => ({
      onReply: ({ path, reply }) =>
        path === '/v1/session/challenge' && typeof reply === 'object'
          ? { kind: 'change', body: { ...reply, challenge: toBase64url(new Uint8Array(32)) } }
          : 'pass',
    }),
    expects: 'unreachable',
  },
];
