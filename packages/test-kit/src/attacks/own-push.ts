/** Lies told to a device that sends. */
import {
  bytesToHash32,
  leafOf,
  parseEnvelope,
  fromBase64url,
  pullReplySchema,
  pushRequestSchema,
  randomBytes,
} from '@evenkeel/protocol';
import type { Attack, Scene } from './attack.ts';
import { editPush, flipBit, ownPagesIn } from './editing.ts';
import type { EvilExchange } from '../evil-server.ts';

function envelopesSent({ body }: Pick<EvilExchange, 'body'>): readonly string[] {
  const parsed = pushRequestSchema.safeParse(body);
  return parsed.success ? (parsed.data.envelopes ?? []) : [];
}

export const OWN_PUSH_ATTACKS: readonly Attack[] = [
  {
    name: 'acknowledges another leaf than was sent',
    story: 'The person reads "on your server" for something the server never took.',
    journey: 'push',
    apply: () =>
      editPush((reply) => ({
        ...reply,
        envelopes: reply.envelopes.map((one) =>
          one.status === 'done' ? { ...one, leaf: bytesToHash32(randomBytes(32)) } : one,
        ),
      })),
    expects: 'wrong-acknowledgement',
  },
  {
    name: 'acknowledges fewer envelopes than were sent',
    story: 'One of them is lost, and which one is open.',
    journey: 'push',
    apply: () => editPush((reply) => ({ ...reply, envelopes: reply.envelopes.slice(1) })),
    expects: 'malformed-reply',
  },
  {
    name: 'puts an entry at a position that is taken',
    story: 'A rolled-back server fills its gap with new entries.',
    journey: 'push',
    apply: () =>
      editPush((reply) => ({
        ...reply,
        envelopes: reply.envelopes.map((one) => (one.status === 'done' ? { ...one, n: 1 } : one)),
      })),
    expects: 'leaf-changed',
  },
  {
    name: 'answers a push with a forged conflict',
    story: 'The device merges the server’s words into its own.',
    journey: 'push',
    apply: () =>
      editPush((reply, exchange) => ({
        ...reply,
        envelopes: envelopesSent(exchange).map((env) => ({
          status: 'conflict' as const,
          current: flipBit(env, 210),
        })),
      })),
    expects: 'forged',
  },
  {
    name: 'answers a push with a conflict of another account',
    story: 'The device takes a stranger’s record for its own.',
    journey: 'push',
    apply: (scene) =>
      editPush((reply, exchange) => ({
        ...reply,
        envelopes: envelopesSent(exchange).map(() => ({
          status: 'conflict' as const,
          current: scene.foreignEnvelopes[0] ?? '',
        })),
      })),
    expects: 'malformed-reply',
  },
  {
    name: 'answers a push with what a removed device wrote',
    story: 'Whoever has the lost tablet goes on writing, where no place in the stream is told.',
    journey: 'edit-after-removal',
    apply: (scene) =>
      editPush((reply, exchange) => ({
        ...reply,
        envelopes: envelopesSent(exchange).map(() => ({
          status: 'conflict' as const,
          current: scene.removedEnvelopes[0] ?? '',
        })),
      })),
    expects: 'revoked-device',
  },
  {
    name: 'acknowledges an entry at no place at all',
    story: 'The person reads "on your server" for what is in no stream.',
    journey: 'push',
    apply: () =>
      editPush((reply) => ({
        ...reply,
        envelopes: reply.envelopes.map((one) => (one.status === 'done' ? { ...one, n: 0 } : one)),
      })),
    expects: 'not-a-server',
  },
  {
    name: 'takes no head of a device',
    story:
      'What the device wrote is held back from everybody else, and nothing signed says that it is missing.',
    journey: 'push',
    apply: () => ({
      onRequest: ({ path, body }) => {
        const sent = path === '/v1/push' ? pushRequestSchema.safeParse(body) : undefined;
        if ((sent?.data?.heads ?? []).length === 0) return 'pass';
        const problem = { type: 'about:blank', title: 'no', status: 400, code: 'object-refused' };
        return { kind: 'answer', status: 400, body: problem };
      },
    }),
    expects: 'head-refused',
  },
  {
    name: 'acknowledges at once and stores later',
    story: 'The person believes that an entry is safe on the server.',
    journey: 'push',
    apply: (scene) => ({
      onRequest: (request) => {
        const sent = envelopesSent(request);
        if (request.path !== '/v1/push' || sent.length === 0) return 'pass';
        const lengths = lengthsOf(scene);
        const envelopes = sent.map((env) => {
          const parsed = parseEnvelope(fromBase64url(env) ?? new Uint8Array());
          if (!parsed.ok) throw new Error('a device sends sound envelopes');
          const n = (lengths.get(parsed.envelope.header.sid) ?? 0) + 1;
          lengths.set(parsed.envelope.header.sid, n);
          return { status: 'done', leaf: leafOf(parsed.envelope), n, seq: 1000 + n };
        });
        return { kind: 'hold', status: 200, body: { serverEpoch: epochOf(scene), envelopes, seq: 2000 } };
      },
    }),
    expects: 'withheld',
  },
  {
    name: 'loses the acknowledgement',
    story: 'The device sends again, and the entry is doubled.',
    journey: 'push',
    apply: () => ({ onReply: ({ path }) => (path === '/v1/push' ? 'drop' : 'pass') }),
    expects: 'unreachable',
  },
];

/** How many leaves the server holds of each stream: a server knows. */
function lengthsOf(scene: Scene): Map<string, number> {
  const lengths = new Map<string, number>();
  for (const { sid, n } of scene
    .recorded()
    .flatMap(({ reply }) => ownPagesIn(reply).flatMap(({ items }) => items))) {
    lengths.set(sid, Math.max(n, lengths.get(sid) ?? 0));
  }
  return lengths;
}

function epochOf(scene: Scene): string {
  const replies = scene.recorded().flatMap(({ reply }) => pullReplySchema.safeParse(reply).data ?? []);
  return replies.at(-1)?.serverEpoch ?? '';
}
