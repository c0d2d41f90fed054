/** Lies told to a person's own device that pulls. */
import {
  type Item,
  STUB_BYTES,
  encodeStub,
  parseEnvelope,
  fromBase64url,
  randomBytes,
  stubOf,
  toBase64url,
  bytesToServerEpoch,
} from '@evenkeel/protocol';
import type { Attack, Scene } from './attack.ts';
import {
  type Body,
  type OwnPage,
  cutBytes,
  editOwn,
  flipBit,
  isBody,
  longestStream,
  mapBytes,
  replaceItem,
  setByte,
  victimOf,
  ownPagesIn,
} from './editing.ts';
import type { Meddling } from '../evil-server.ts';

/** Changes the bytes of one body in the middle of a stream. */
function toOneBody(
  change: (item: Body, scene: Scene, page: OwnPage) => Item | null,
  least = 3,
): Attack['apply'] {
  return (scene) => {
    const victim = victimOf(least, (stream) => stream[1]);
    return editOwn((page) => {
      const found = victim(page.items);
      if (found === null || !page.items.some((item) => item.sid === found.sid && item.n === found.n))
        return page;
      return { ...page, items: replaceItem(page.items, found, (item) => change(item, scene, page)) };
    });
  };
}

function toBytes(change: (env: string) => string): Attack['apply'] {
  return toOneBody((item) => ({ ...item, env: change(item.env) }));
}

function stubText(env: string, change: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes): string {
  const parsed = parseEnvelope(fromBase64url(env) ?? new Uint8Array());
  if (!parsed.ok) throw new Error('expected a sound envelope to hide');
  return toBase64url(change(encodeStub(stubOf(parsed.envelope))));
}

/** Swaps what two neighbours of one stream hold. */
function swapNeighbours(): Meddling {
  const first = victimOf(3, (stream) => stream[0]);
  const second = victimOf(3, (stream) => stream[1]);
  return editOwn((page) => {
    const [a, b] = [first(page.items), second(page.items)];
    if (a === null || b === null) return page;
    const swapped = replaceItem(
      replaceItem(page.items, a, (item) => ({ ...item, env: b.env })),
      b,
      (item) => ({ ...item, env: a.env }),
    );
    return { ...page, items: swapped };
  });
}

/** Turns a stream round: the last written becomes the first. */
function reverseStream(): Meddling {
  return editOwn((page) => {
    const stream = longestStream(page.items, 3);
    if (stream.length === 0) return page;
    const envByN = new Map(stream.map(({ n }, i) => [n, stream.at(-1 - i)?.env ?? '']));
    const { sid } = stream[0] ?? { sid: '' };
    return {
      ...page,
      items: page.items.map((item) =>
        item.sid === sid && isBody(item) ? { ...item, env: envByN.get(item.n) ?? item.env } : item,
      ),
    };
  });
}

/** Says everywhere that the database is another one. */
function sayEpoch(serverEpoch: string): Meddling {
  return {
    onReply: ({ reply }) =>
      typeof reply === 'object' && reply !== null && 'serverEpoch' in reply
        ? { kind: 'change', body: { ...reply, serverEpoch } }
        : 'pass',
  };
}

export const OWN_PULL_ATTACKS: readonly Attack[] = [
  {
    name: 'serves a note of its own in the place of an entry',
    story: 'What the server wrote lies in the diary as written while it was locked.',
    journey: 'first-pull',
    apply: toOneBody((item, scene) => ({ ...item, env: scene.forgedNote })),
    expects: 'malformed',
  },
  {
    name: 'drops an envelope from the middle of a stream',
    story: 'An entry the person wrote is never seen on their other device.',
    journey: 'first-pull',
    apply: toOneBody(() => null),
    expects: 'gap',
  },
  {
    name: 'holds back the newest entries',
    story: 'The other device believes it has everything.',
    journey: 'first-pull',
    apply: () => {
      const last = victimOf(3, (stream) => stream.at(-1));
      return editOwn((page) => ({ ...page, items: replaceItem(page.items, last(page.items), () => null) }));
    },
    expects: 'withheld',
  },
  {
    name: 'swaps two bodies of a stream',
    story: 'The order of what was written is another.',
    journey: 'first-pull',
    apply: swapNeighbours,
    expects: 'forked',
  },
  {
    name: 'turns the order of a stream round',
    story: 'What came last seems to have come first.',
    journey: 'first-pull',
    apply: reverseStream,
    expects: 'forked',
  },
  {
    name: 'serves a body under another stream',
    story: 'A word of one kind is taken for another kind or month.',
    journey: 'first-pull',
    apply: toOneBody((item, _scene, page) => {
      const other = page.items.find(({ sid }) => sid !== item.sid);
      return other === undefined ? item : { ...item, sid: other.sid };
    }),
    expects: 'malformed-reply',
  },
  {
    name: 'changes a bit of the sealed words',
    story: 'An entry says something else.',
    journey: 'first-pull',
    apply: toBytes((env) => flipBit(env, 200)),
    expects: 'forged',
  },
  {
    name: 'changes which record an envelope belongs to',
    story: 'An entry overwrites another one.',
    journey: 'first-pull',
    apply: toBytes((env) => flipBit(env, 40)),
    expects: 'forged',
  },
  {
    name: 'changes the revision of an envelope',
    story: 'An old version passes for the newest.',
    journey: 'first-pull',
    apply: toBytes((env) => setByte(env, 52, 0x7f)),
    expects: 'forged',
  },
  {
    name: 'changes the signature',
    story: 'Nobody can say who wrote an entry.',
    journey: 'first-pull',
    apply: toBytes((env) => flipBit(env, -10)),
    expects: 'forged',
  },
  {
    name: 'makes a tombstone of a record',
    story: 'An entry is deleted that the person never deleted.',
    journey: 'first-pull',
    apply: toBytes((env) => setByte(env, 1, 2)),
    expects: 'forged',
  },
  {
    name: 'plants an envelope of another account',
    story: 'Somebody else’s words stand in the diary.',
    journey: 'first-pull',
    apply: toOneBody((item, scene) => ({ ...item, env: scene.foreignEnvelopes[0] ?? '' })),
    expects: 'malformed-reply',
  },
  {
    name: 'plants an envelope of its own under the person’s stream',
    story: 'The server writes in the diary.',
    journey: 'first-pull',
    apply: toOneBody((item, scene) => ({
      ...item,
      // Its own device, its own box, and the names of the person's stream and key.
      env: mapBytes(scene.foreignEnvelopes[0] ?? '', (bytes) => {
        bytes.set((fromBase64url(item.env) ?? new Uint8Array()).subarray(4, 36), 4);
        return bytes;
      }),
    })),
    expects: 'unknown-device',
  },
  {
    name: 'cuts an envelope short',
    story: 'A reader that trusts lengths breaks, or reads too far.',
    journey: 'first-pull',
    apply: toBytes((env) => cutBytes(env, 40)),
    expects: 'malformed',
  },
  {
    name: 'names a suite that never was',
    story: 'The reader falls back to something weaker.',
    journey: 'first-pull',
    apply: toBytes((env) => setByte(env, 0, 0)),
    expects: 'malformed',
  },
  {
    name: 'names a suite of the future',
    story: 'The reader skips its checks for what it does not know.',
    journey: 'first-pull',
    apply: toBytes((env) => setByte(env, 0, 2)),
    expects: 'newer-app-needed',
  },
  {
    name: 'serves a stub for a body that nothing replaced',
    story: 'An entry looks as if it had been deleted.',
    journey: 'first-pull',
    apply: toOneBody(({ sid, n, env }) => ({ sid, n, stub: stubText(env) })),
    expects: 'body-withheld',
  },
  {
    name: 'serves a stub with another key’s name',
    story: 'A missing entry looks as if it lay outside the scope.',
    journey: 'first-pull',
    apply: toOneBody(({ sid, n, env }) => ({ sid, n, stub: stubText(env, (bytes) => bytes.fill(9, 0, 16)) })),
    expects: 'forked',
  },
  {
    name: 'serves a stub of another body',
    story: 'A missing entry looks as if it had been replaced.',
    journey: 'first-pull',
    apply: toOneBody(({ sid, n, env }, _scene, page) => {
      const other = longestStream(page.items, 3)[2]?.env ?? env;
      return { sid, n, stub: stubText(other) };
    }),
    expects: 'forked',
  },
  {
    name: 'sends every item twice',
    story: 'Entries are doubled.',
    journey: 'first-pull',
    apply: () =>
      editOwn((page) =>
        page.items.length === 0 ? page : { ...page, items: page.items.flatMap((item) => [item, item]) },
      ),
    expects: 'harmless',
  },
  {
    name: 'sends the items in another order, under their true positions',
    story: 'A reader that trusts the order of arrival mixes up versions.',
    journey: 'first-pull',
    apply: () =>
      editOwn((page) => (page.items.length < 2 ? page : { ...page, items: page.items.toReversed() })),
    expects: 'harmless',
  },
  {
    name: 'moves the cursor past what was not sent',
    story: 'What was skipped is never asked for again.',
    journey: 'first-pull',
    apply: () => {
      let dropped: ReadonlySet<string> | null = null;
      return editOwn((page) => {
        if (page.items.length < 4) return page;
        const half = page.items.slice(Math.floor(page.items.length / 2));
        dropped ??= new Set(half.map(({ sid, n }) => `${sid}/${n}`));
        const gone = dropped;
        return { ...page, items: page.items.filter(({ sid, n }) => !gone.has(`${sid}/${n}`)), more: false };
      });
    },
    expects: 'withheld',
  },
  {
    name: 'says that there is more, for ever, and sends nothing',
    story: 'The device asks until its battery is empty.',
    journey: 'first-pull',
    apply: () => editOwn((page) => ({ ...page, items: [], cursor: '0.0', more: true })),
    expects: 'malformed-reply',
  },
  {
    name: 'gives another epoch as its own',
    story: 'The device forgets what it had verified.',
    journey: 'next-pull',
    apply: () => sayEpoch(bytesToServerEpoch(new Uint8Array(16).fill(7))),
    expects: 'server-restarted',
  },
  {
    name: 'adds a device of its own to the device log',
    story: 'The server can write in the diary from then on.',
    journey: 'next-pull',
    apply: (scene) =>
      editOwn((page) => ({ ...page, deviceLog: [...page.deviceLog, scene.foreignObjects[1] ?? ''] })),
    expects: 'log-refused',
  },
  {
    name: 'hides a new device of the person',
    story: 'What the new device writes is not believed.',
    journey: 'next-pull',
    apply: () => editOwn((page) => (page.deviceLog.length === 0 ? page : { ...page, deviceLog: [] })),
    expects: 'unknown-device',
  },
  {
    name: 'serves what a removed device wrote afterwards',
    story: 'Whoever has the lost tablet goes on writing in the diary.',
    journey: 'removed-device',
    apply: (scene) => {
      const env = scene.removedEnvelopes[0] ?? '';
      const parsed = parseEnvelope(fromBase64url(env) ?? new Uint8Array());
      return editOwn((page) => {
        if (!parsed.ok || page.items.length === 0) return page;
        const { sid } = parsed.envelope.header;
        const n = Math.max(0, ...page.items.filter((item) => item.sid === sid).map((item) => item.n)) + 1;
        return { ...page, items: [...page.items, { sid, n, env }] };
      });
    },
    expects: 'revoked-device',
  },
  {
    name: 'serves an earlier version of an entry again, as the newest',
    story: 'What the person changed is undone, on all their devices.',
    journey: 'after-edit',
    apply: (scene) => appendBody(scene, (bodies) => bodies.find((one) => isReplaced(one, bodies))),
    expects: 'replayed',
  },
  {
    name: 'serves an entry again that was deleted for good',
    story: 'What the person deleted is back.',
    journey: 'after-edit',
    apply: (scene) => appendBody(scene, (bodies) => bodies.find((one) => isDeleted(one, bodies))),
    expects: 'replayed',
  },
  {
    name: 'serves a deleted entry again beyond a gap',
    story: 'A place that cannot be checked yet hides that it was there before.',
    journey: 'after-edit',
    apply: (scene) => appendBody(scene, (bodies) => bodies.find((one) => isDeleted(one, bodies)), 3),
    expects: 'replayed',
  },
  {
    name: 'gives an entry a place that no stream reaches',
    story: 'The device stumbles over a number and keeps nothing more.',
    journey: 'next-pull',
    apply: () =>
      editOwn((page) => ({
        ...page,
        items: page.items.map((item, at) => (at === 0 ? { ...item, n: 2 ** 40 } : item)),
      })),
    expects: 'not-a-server',
  },
  {
    name: 'plants a grant to itself',
    story: 'The person’s devices make key packs for the server.',
    journey: 'next-pull',
    apply: (scene) =>
      editOwn((page) => ({ ...page, grantLog: [...page.grantLog, scene.foreignObjects[2] ?? ''] })),
    expects: 'log-refused',
  },
  {
    name: 'says the beginning of the device log again',
    story: 'A revoked device is back.',
    journey: 'next-pull',
    apply: (scene) =>
      editOwn((page) => ({ ...page, deviceLog: [scene.ownObjects[0] ?? '', ...page.deviceLog] })),
    expects: 'log-refused',
  },
  {
    name: 'changes what a device signed as its head',
    story: 'Withheld entries go unnoticed.',
    journey: 'first-pull',
    apply: () =>
      editOwn((page) =>
        page.heads.length === 0 ? page : { ...page, heads: page.heads.map((head) => flipBit(head, 60)) },
      ),
    expects: 'side-row-forged',
  },
  {
    name: 'serves an old head as a new one',
    story: 'The device believes that nothing was written since.',
    journey: 'next-pull',
    apply: (scene) => {
      const old = scene.recorded().flatMap(({ reply }) => headsIn(reply))[0];
      return editOwn((page) => (old === undefined ? page : { ...page, heads: [old], items: [] }));
    },
    expects: 'head-rollback',
  },
  {
    name: 'rewrites an entry that was already verified',
    story: 'History is another than it was.',
    journey: 'next-pull',
    apply: (scene) =>
      editOwn((page) => {
        const known = scene
          .recorded()
          .flatMap(({ reply }) => itemsIn(reply))
          .filter(isBody);
        const [first, second] = longestStream(known, 3);
        return first === undefined || second === undefined
          ? page
          : { ...page, items: [{ ...first, env: second.env }, ...page.items] };
      }),
    expects: 'leaf-changed',
  },
  {
    name: 'forks the history after a point',
    story: 'Two devices of one person live in two worlds.',
    journey: 'next-pull',
    apply: (scene) => {
      const known = scene
        .recorded()
        .flatMap(({ reply }) => itemsIn(reply))
        .filter(isBody);
      const old = longestStream(known, 3)[0];
      const otherWorld = toBase64url(randomBytes(STUB_BYTES));
      return editOwn((page) => ({
        ...page,
        items: page.items.map(({ sid, n, ...body }) =>
          sid === old?.sid && 'env' in body ? { sid, n, stub: otherWorld } : { sid, n, ...body },
        ),
      }));
    },
    expects: 'forked',
  },
];

/** Puts a body that passed once at the end of its stream, on every page. */
function appendBody(
  scene: Scene,
  choose: (bodies: readonly Body[]) => Body | undefined,
  beyond = 1,
): Meddling {
  const known = scene.recorded().flatMap(({ reply }) => itemsIn(reply));
  const chosen = choose(known.filter(isBody));
  const end = Math.max(...known.filter(({ sid }) => sid === chosen?.sid).map(({ n }) => n));
  return editOwn((page) =>
    chosen === undefined ? page : { ...page, items: [...page.items, { ...chosen, n: end + beyond }] },
  );
}

function isReplaced(one: Body, bodies: readonly Body[]): boolean {
  return laterOf(one, bodies).some(({ type }) => type === 'record');
}

function isDeleted(one: Body, bodies: readonly Body[]): boolean {
  return laterOf(one, bodies).some(({ type }) => type === 'tombstone');
}

function laterOf(one: Body, bodies: readonly Body[]) {
  const mine = headerOf(one);
  return bodies.map(headerOf).filter(({ rec, rev }) => rec === mine.rec && rev > mine.rev);
}

function headerOf({ env }: Body) {
  const parsed = parseEnvelope(fromBase64url(env) ?? new Uint8Array());
  if (!parsed.ok) throw new Error('expected a sound envelope');
  return parsed.envelope.header;
}

function itemsIn(reply: unknown): readonly Item[] {
  return ownPagesIn(reply).flatMap(({ items }) => items);
}

function headsIn(reply: unknown): readonly string[] {
  return ownPagesIn(reply).flatMap(({ heads }) => heads);
}
