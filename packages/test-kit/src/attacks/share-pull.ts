/** Lies told to a clinician's device that reads a share. */
import {
  type Item,
  encodeStub,
  fromBase64url,
  parseEnvelope,
  pullReplySchema,
  stubOf,
  toBase64url,
} from '@evenkeel/protocol';
import type { EvilExchange, Meddling } from '../evil-server.ts';
import type { Attack, Scene } from './attack.ts';
import {
  type Body,
  type GrantPage,
  editGrant,
  editReplies,
  flipBit,
  isBody,
  longestStream,
  replaceItem,
  victimOf,
} from './editing.ts';

function toOneBody(change: (item: Body, scene: Scene, page: GrantPage) => Item | null): Attack['apply'] {
  return (scene) => {
    const victim = victimOf(3, (stream) => stream[1]);
    return editGrant((page) => {
      const found = victim(page.items);
      if (found === null || !page.items.some((item) => item.sid === found.sid && item.n === found.n))
        return page;
      return { ...page, items: replaceItem(page.items, found, (item) => change(item, scene, page)) };
    });
  };
}

function stubText(env: string): string {
  const parsed = parseEnvelope(fromBase64url(env) ?? new Uint8Array());
  if (!parsed.ok) throw new Error('expected a sound envelope to hide');
  return toBase64url(encodeStub(stubOf(parsed.envelope)));
}

/** Replaces the answer to each read of a share by a refusal. */
function refuse(
  refusal: (
    page: GrantPage,
    scene: Scene,
  ) => {
    readonly reason: 'revoked' | 'expired' | 'unknown' | 'receipt-out-of-order' | 'receipt-invalid';
    readonly lastReceipt?: string | null;
  },
): Attack['apply'] {
  return (scene) => ({
    onReply: (exchange) =>
      editReplies(exchange, (reply) =>
        reply.kind === 'grant'
          ? { kind: 'refused', grant: reply.grant, grantLog: [], lastReceipt: null, ...refusal(reply, scene) }
          : reply,
      ),
  });
}

function grantPagesIn({ reply }: EvilExchange): readonly GrantPage[] {
  const parsed = pullReplySchema.safeParse(reply);
  return parsed.success ? parsed.data.replies.flatMap((one) => (one.kind === 'grant' ? [one] : [])) : [];
}

/** Receipts a device of the clinician once sent, oldest first. */
function receiptsIn(scene: Scene): readonly string[] {
  return scene.recorded().flatMap(({ path, body }) => {
    if (
      path !== '/v1/pull' ||
      typeof body !== 'object' ||
      body === null ||
      !('reads' in body) ||
      !Array.isArray(body.reads)
    )
      return [];
    return body.reads.flatMap((read: unknown) =>
      typeof read === 'object' && read !== null && 'receipt' in read && typeof read.receipt === 'string'
        ? [read.receipt]
        : [],
    );
  });
}

function editGrants(edit: (grants: readonly Listed[]) => Listed[]): Meddling {
  return {
    onReply: (exchange) =>
      editReplies(exchange, (reply) =>
        reply.kind === 'grants' ? { ...reply, grants: edit(reply.grants) } : reply,
      ),
  };
}
type Listed = Extract<
  NonNullable<ReturnType<typeof pullReplySchema.safeParse>['data']>['replies'][number],
  { kind: 'grants' }
>['grants'][number];

export const SHARE_ATTACKS: readonly Attack[] = [
  {
    name: 'drops a shared entry',
    story: 'The clinician does not see a bad day.',
    journey: 'first-share',
    apply: toOneBody(() => null),
    expects: 'gap',
  },
  {
    name: 'serves a stub for a shared body that nothing replaced',
    story: 'A bad day looks deleted.',
    journey: 'first-share',
    apply: toOneBody(({ sid, n, env }) => ({ sid, n, stub: stubText(env) })),
    expects: 'body-withheld',
  },
  {
    name: 'holds back the newest shared entries',
    story: 'The clinician believes that nothing was written since.',
    journey: 'first-share',
    apply: () => {
      const last = victimOf(3, (stream) => stream.at(-1));
      return editGrant((page) => ({ ...page, items: replaceItem(page.items, last(page.items), () => null) }));
    },
    expects: 'withheld',
  },
  {
    name: 'changes a shared entry',
    story: 'The clinician reads what nobody wrote.',
    journey: 'first-share',
    apply: toOneBody((item) => ({ ...item, env: flipBit(item.env, 220) })),
    expects: 'forged',
  },
  {
    name: 'swaps two shared entries',
    story: 'Better and worse days are the other way round.',
    journey: 'first-share',
    apply: () => {
      const first = victimOf(3, (stream) => stream[1]);
      const second = victimOf(3, (stream) => stream[2]);
      return editGrant((page) => {
        const [a, b] = [first(page.items), second(page.items)];
        if (a === null || b === null) return page;
        return {
          ...page,
          items: replaceItem(
            replaceItem(page.items, a, (item) => ({ ...item, env: b.env })),
            b,
            (item) => ({ ...item, env: a.env }),
          ),
        };
      });
    },
    expects: 'forked',
  },
  {
    name: 'plants an envelope of another account in a share',
    story: 'A stranger’s words stand in the record.',
    journey: 'first-share',
    apply: toOneBody((item, scene) => ({ ...item, env: scene.foreignEnvelopes[0] ?? '' })),
    expects: 'malformed-reply',
  },
  {
    name: 'offers keys of its own',
    story: 'The clinician opens what the server sealed.',
    journey: 'first-share',
    apply: (scene) =>
      editGrant((page) => ({ ...page, packs: [...page.packs, scene.foreignObjects[3] ?? ''] })),
    expects: 'side-row-forged',
  },
  {
    name: 'changes a key pack',
    story: 'The clinician keeps a key that opens nothing.',
    journey: 'first-share',
    apply: () =>
      editGrant((page) =>
        page.packs.length === 0 ? page : { ...page, packs: page.packs.map((pack) => flipBit(pack, -80)) },
      ),
    expects: 'side-row-forged',
  },
  {
    name: 'holds back the key packs',
    story: 'What was shared stays shut.',
    journey: 'first-share',
    apply: () => editGrant((page) => (page.packs.length === 0 ? page : { ...page, packs: [] })),
    expects: 'no-key',
  },
  {
    name: 'changes what the person’s device signed as the head of a share',
    story: 'Withheld entries go unnoticed.',
    journey: 'first-share',
    apply: () =>
      editGrant((page) =>
        page.heads.length === 0 ? page : { ...page, heads: page.heads.map((head) => flipBit(head, 80)) },
      ),
    expects: 'side-row-forged',
  },
  {
    name: 'lists a share from somebody else under the person’s name',
    story: 'The clinician reads a stranger as this person.',
    journey: 'first-share',
    apply: (scene) =>
      editGrants((grants) => grants.map((one) => ({ ...one, objects: [scene.foreignObjects[2] ?? ''] }))),
    expects: 'not-shown',
  },
  {
    name: 'changes what a grant says',
    story: 'A share covers more, or lasts longer, than the person said.',
    journey: 'first-share',
    apply: () =>
      editGrants((grants) =>
        grants.map((one) => ({ ...one, objects: one.objects.map((object) => flipBit(object, 100)) })),
      ),
    expects: 'not-shown',
  },
  {
    name: 'lists a share with its own account as the owner',
    story: 'The clinician reads the server’s diary as the person’s.',
    journey: 'first-share',
    apply: (scene) =>
      editGrants((grants) =>
        grants.map((one) => ({
          ...one,
          owner: scene.foreignAcct,
          account: scene.foreignObjects[0] ?? '',
          objects: [scene.foreignObjects[2] ?? ''],
        })),
      ),
    expects: 'not-shown',
  },
  {
    name: 'adds a device of its own to the person’s device log',
    story: 'The clinician believes what the server writes.',
    journey: 'first-share',
    apply: (scene) =>
      editGrant((page) => ({ ...page, deviceLog: [...page.deviceLog, scene.foreignObjects[1] ?? ''] })),
    expects: 'log-refused',
  },
  {
    name: 'hides the person’s devices',
    story: 'Nothing the person writes is believed.',
    journey: 'first-share',
    apply: () => editGrant((page) => (page.deviceLog.length === 0 ? page : { ...page, deviceLog: [] })),
    expects: 'unknown-device',
  },
  {
    name: 'rewrites a shared entry that was already verified',
    story: 'What the clinician read last time was never written.',
    journey: 'next-share',
    apply: (scene) =>
      editGrant((page) => {
        const known = scene
          .recorded()
          .flatMap(grantPagesIn)
          .flatMap(({ items }) => items);
        const [, first, second] = longestStream(known.filter(isBody), 3);
        return first === undefined || second === undefined
          ? page
          : { ...page, items: [{ ...first, env: second.env }, ...page.items] };
      }),
    expects: 'leaf-changed',
  },
  {
    name: 'serves an old head of a share as a new one',
    story: 'The clinician believes that nothing was written since.',
    journey: 'next-share',
    apply: (scene) => {
      const old = scene
        .recorded()
        .flatMap(grantPagesIn)
        .flatMap(({ heads }) => heads)[0];
      return editGrant((page) => (old === undefined ? page : { ...page, heads: [old] }));
    },
    expects: 'head-rollback',
  },
  {
    name: 'hides that a share was widened to a new month',
    story: 'The new month stays shut.',
    journey: 'next-share',
    apply: () => ({
      onReply: (exchange) =>
        editReplies(exchange, (reply) => {
          if (reply.kind === 'grants')
            return {
              ...reply,
              grants: reply.grants.map((one) => ({ ...one, objects: one.objects.slice(0, 1) })),
            };
          return reply.kind === 'grant' ? { ...reply, grantLog: [] } : reply;
        }),
    }),
    expects: 'withheld',
  },
  {
    name: 'says that the share was stopped',
    story: 'The clinician drops everything, and the person did not ask for it.',
    journey: 'next-share',
    apply: refuse(() => ({ reason: 'revoked' })),
    expects: 'end-unproven',
  },
  {
    name: 'says that the share has run out',
    story: 'The clinician drops everything before its time.',
    journey: 'next-share',
    apply: refuse(() => ({ reason: 'expired' })),
    expects: 'end-unproven',
  },
  {
    name: 'says that there is no such share',
    story: 'The clinician forgets a person.',
    journey: 'next-share',
    apply: refuse(() => ({ reason: 'unknown' })),
    expects: 'end-unproven',
  },
  {
    name: 'has a clinician sign one number twice',
    story: 'The person sees two receipts with one number, and the clinician seems to have cheated.',
    journey: 'next-share',
    apply: refuse((_page, scene) => ({
      reason: 'receipt-out-of-order',
      lastReceipt: receiptsIn(scene)[0] ?? null,
    })),
    expects: 'receipt-out-of-order',
  },
  {
    name: 'refuses every receipt',
    story: 'The clinician is locked out and does not know why.',
    journey: 'next-share',
    apply: refuse(() => ({ reason: 'receipt-invalid' })),
    expects: 'receipt-invalid',
  },
];
