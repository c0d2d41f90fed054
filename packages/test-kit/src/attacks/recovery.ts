/** Lies told to somebody who holds 24 words and an empty browser. */
import type { Attack } from './attack.ts';
import { editJson, flipBit, setByte } from './editing.ts';

const RECOVERY = '/v1/recovery/';

function toWrap(change: (wrap: string) => string): Attack['apply'] {
  return () => editJson(RECOVERY, (body) => ({ ...body, wrap: change(String(body['wrap'])) }));
}

export const RECOVERY_ATTACKS: readonly Attack[] = [
  {
    name: 'names a KDF profile in the recovery wrap',
    story: 'The words are stretched as the server wishes, and guessed.',
    journey: 'recovery',
    apply: toWrap((wrap) => setByte(wrap, 2, 1)),
    expects: 'tampered',
  },
  {
    name: 'calls the recovery wrap a passphrase wrap',
    story: 'The app asks for a passphrase, and the server learns how it is used.',
    journey: 'recovery',
    apply: toWrap((wrap) => setByte(wrap, 1, 1)),
    expects: 'wrong-secret',
  },
  {
    name: 'serves a wrap of its own root',
    story: 'Everything written from then on can be read by the server.',
    journey: 'recovery',
    apply: (scene) => editJson(RECOVERY, (body) => ({ ...body, wrap: scene.foreignWrap })),
    expects: 'wrong-secret',
  },
  {
    name: 'changes a bit of the sealed root',
    story: 'The device goes on with another root, and the diary seems empty.',
    journey: 'recovery',
    apply: toWrap((wrap) => flipBit(wrap, -4)),
    expects: 'tampered',
  },
  {
    name: 'gives a wrap of another format',
    story: 'The app falls back to something older.',
    journey: 'recovery',
    apply: toWrap((wrap) => setByte(wrap, 0, 2)),
    expects: 'newer-app-needed',
  },
  {
    name: 'serves the device log of another account with the wrap',
    story: 'The restored device believes what the server’s devices write.',
    journey: 'recovery',
    apply: (scene) =>
      editJson(RECOVERY, (body) => ({ ...body, deviceLog: scene.foreignObjects.slice(0, 2) })),
    expects: 'log-refused',
  },
  {
    name: 'serves another account and its log with the person’s wrap',
    story: 'The restored device joins the server’s account with the person’s root.',
    journey: 'recovery',
    apply: (scene) =>
      editJson(RECOVERY, (body) => ({
        ...body,
        acct: scene.foreignAcct,
        deviceLog: scene.foreignObjects.slice(0, 2),
      })),
    expects: 'wrong-secret',
  },
];
