/** Lies told to a device that sends. */
import { bytesToHash32, bytesToServerEpoch, leafOf, parseEnvelope, fromBase64url, pushRequestSchema, randomBytes } from '@evenkeel/protocol';
import type { Attack } from './attack.ts';
import { editPush, flipBit } from './editing.ts';
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
        envelopes: reply.envelopes.map((one) => (one.status === 'done' ? { ...one, leaf: bytesToHash32(randomBytes(32)) } : one)),
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
        envelopes: envelopesSent(exchange).map((env) => ({ status: 'conflict' as const, current: flipBit(env, 210) })),
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
        envelopes: envelopesSent(exchange).map(() => ({ status: 'conflict' as const, current: scene.foreignEnvelopes[0] ?? '' })),
      })),
    expects: 'wrong-stream',
  },
  {
    name: 'throws a push away and says it is done',
    story: 'The person believes that an entry is safe on the server.',
    journey: 'push',
    apply: () => ({
      onRequest: (request) => {
        if (request.path !== '/v1/push' || envelopesSent(request).length === 0) return 'pass';
        return { kind: 'change', body: { ...asObject(request.body), envelopes: [] } };
      },
      onReply: (exchange) => {
        const sent = envelopesSent(exchange);
        if (exchange.path !== '/v1/push' || sent.length === 0 || exchange.status !== 200) return 'pass';
        const envelopes = sent.map((env, i) => {
          const parsed = parseEnvelope(fromBase64url(env) ?? new Uint8Array());
          if (!parsed.ok) throw new Error('a device sends sound envelopes');
          return { status: 'done', leaf: leafOf(parsed.envelope), n: 1000 + i, seq: 1000 + i };
        });
        return { kind: 'change', body: { ...asObject(exchange.reply), envelopes } };
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
  {
    name: 'gives another epoch when something is sent',
    story: 'The device seals everything again and offers it once more.',
    journey: 'push',
    apply: () => editPush((reply) => ({ ...reply, serverEpoch: bytesToServerEpoch(new Uint8Array(16)) })),
    expects: 'server-restarted',
  },
];

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}
