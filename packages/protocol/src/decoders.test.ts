import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Bytes, concat, fromBase64url, toBase64url, u32, utf8, utf8ToText } from './bytes.ts';
import { encodeStub, parseStub } from './chain.ts';
import { parseEnvelope } from './envelope.ts';
import { accountIdSchema, hash32Schema } from './ids.ts';
import { pad, unpad } from './padding.ts';
import { cursorSchema } from './pull.ts';
import { parseObject, parsePayload } from './signed-object.ts';
import {
  accountSchema,
  deviceCertSchema,
  deviceRevokeSchema,
  epochAcceptSchema,
  extendSchema,
  grantSchema,
  minSuiteSchema,
  originSchema,
  revokeSchema,
} from './log.ts';
import { clinicianCardSchema } from './clinician-card.ts';
import { grantHeadSchema, headSchema } from './head.ts';
import { keyPackSchema } from './key-pack.ts';
import { mailboxSchema } from './mailbox.ts';
import { receiptSchema } from './receipt.ts';
import { registerSchema } from './account.ts';
import { ringPlanSchema } from './ring-plan.ts';
import { z } from './z.ts';

/** Each decoder meets this many inputs: noise, and good bytes with a few places changed, cut or doubled. */
const INPUTS = 200_000;

const vectors = z
  .object({
    vectors: z.array(
      z.object({
        kind: z.string(),
        in: z.record(z.string(), z.unknown()),
        out: z.record(z.string(), z.unknown()),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL('../vectors/ek1-vectors.json', import.meta.url), 'utf8'))).vectors;
const frozen = (kind: string, field: string): Bytes[] =>
  vectors
    .filter((vector) => vector.kind === kind)
    .map(({ out }) => new Uint8Array(Buffer.from(z.string().parse(out[field]), 'hex')));

/** xorshift32: quick, and the same in every run. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

function* inputs(samples: readonly Uint8Array[], mostNoise: number): Generator<Bytes> {
  const random = generator(0x9e3779b9);
  for (let i = 0; i < INPUTS; i += 1) {
    const sample = samples[random(samples.length + 1)];
    if (sample === undefined) {
      yield new Uint8Array(random(mostNoise)).map(() => random(256));
      continue;
    }
    const bytes = new Uint8Array(sample);
    for (let changes = random(4); changes > 0; changes -= 1) bytes[random(bytes.length)] = random(256);
    const kind = random(4);
    if (kind === 0) yield bytes.subarray(0, random(bytes.length + 1));
    else if (kind === 1) yield concat(bytes, bytes.subarray(0, random(20)));
    else yield bytes;
  }
}

/** Runs a decoder over all inputs and counts what it said. It may say no; it may not throw. */
function countOf(
  samples: readonly Uint8Array[],
  mostNoise: number,
  decode: (bytes: Bytes) => string,
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const bytes of inputs(samples, mostNoise)) {
    const said = decode(bytes);
    counts.set(said, (counts.get(said) ?? 0) + 1);
  }
  expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(INPUTS);
  return counts;
}

test('whatever bytes come, an envelope is cut into fields or refused by one of its two reasons', () => {
  const counts = countOf(frozen('envelope', 'envelope'), 700, (bytes) => {
    const parsed = parseEnvelope(bytes);
    if (!parsed.ok) return parsed.reason;
    if (parsed.envelope.bytes.length !== bytes.length) throw new Error('bytes were lost');
    return 'ok';
  });
  expect([...counts.keys()].toSorted()).toEqual(['malformed', 'newer-app-needed', 'ok']);
});

test('whatever bytes come, a signed object is cut into fields or refused by one of its two reasons', () => {
  const counts = countOf(frozen('object', 'object'), 300, (bytes) => {
    const parsed = parseObject(bytes);
    return parsed.ok ? 'ok' : parsed.reason;
  });
  expect([...counts.keys()].toSorted()).toEqual(['malformed', 'newer-app-needed', 'ok']);
});

test('whatever payload was signed, it fits its schema or is malformed', () => {
  const objects = [
    ['account', accountSchema],
    ['device-cert', deviceCertSchema],
    ['device-revoke', deviceRevokeSchema],
    ['min-suite', minSuiteSchema],
    ['epoch-accept', epochAcceptSchema],
    ['grant', grantSchema],
    ['extend', extendSchema],
    ['revoke', revokeSchema],
    ['head', headSchema],
    ['grant-head', grantHeadSchema],
    ['key-pack', keyPackSchema],
    ['register', registerSchema],
    ['receipt', receiptSchema],
    ['mailbox', mailboxSchema],
    ['clinician-card', clinicianCardSchema],
    ['ring-plan', ringPlanSchema],
  ] as const;
  const payloads = [...frozen('object', 'object'), ...frozen('key-pack', 'object')].map((bytes) =>
    bytes.subarray(38, -64),
  );
  for (const [type, schema] of objects) {
    expect(
      payloads.some((payload) => parsePayload(payload, schema).ok),
      `a frozen ${type} fits`,
    ).toBe(true);
  }
  let at = 0;
  const counts = countOf(payloads, 100, (payload) => {
    at += 1;
    const schema = objects[at % objects.length]?.[1];
    if (schema === undefined) throw new Error('no schema');
    const parsed = parsePayload(payload, schema);
    return parsed.ok ? 'ok' : parsed.reason;
  });
  expect([...counts.keys()].toSorted()).toEqual(['malformed', 'ok']);
});

test('whatever plan of rings was signed, it is moments in order for an https address, or malformed', () => {
  const plans = frozen('object', 'object')
    .map((bytes) => bytes.subarray(38, -64))
    .filter((payload) => parsePayload(payload, ringPlanSchema).ok);
  expect(plans).toHaveLength(2);
  const counts = countOf(plans, 200, (payload) => {
    const parsed = parsePayload(payload, ringPlanSchema);
    if (!parsed.ok) return parsed.reason;
    const { push } = parsed.value;
    if (push === null) return 'not to be woken';
    if (!push.endpoint.startsWith('https://')) throw new Error('an address that is not https');
    if (push.at.some((at, place) => at <= (push.at[place - 1] ?? -1))) throw new Error('out of order');
    return 'moments';
  });
  expect([...counts.keys()].toSorted()).toEqual(['malformed', 'moments', 'not to be woken']);
});

test('whatever bytes come, a stub is its 80 bytes or none', () => {
  const counts = countOf(frozen('envelope', 'stub'), 160, (bytes) => {
    const stub = parseStub(bytes);
    if (stub === null) return 'none';
    if (encodeStub(stub).length !== bytes.length) throw new Error('bytes were lost');
    return 'stub';
  });
  expect([...counts.keys()].toSorted()).toEqual(['none', 'stub']);
});

test('whatever was sealed, padding comes off or is refused', () => {
  const samples = [
    pad(utf8('a note')),
    pad(new Uint8Array(300).fill(65)),
    concat(u32(0xffffffff), new Uint8Array(252)),
  ];
  const counts = countOf(samples, 600, (bytes) => (unpad(bytes) === null ? 'refused' : 'ok'));
  expect([...counts.keys()].toSorted()).toEqual(['ok', 'refused']);
});

test('whatever text comes, base64url, ids, hashes, cursors and origins are themselves or refused', () => {
  const samples = [
    toBase64url(new Uint8Array(16).fill(200)),
    toBase64url(new Uint8Array(32).fill(9)),
    '0.0',
    '12.3456',
    'https://diary.example',
  ].map(utf8);
  const counts = countOf(samples, 60, (bytes) => {
    const text = utf8ToText(bytes);
    if (text === null) return 'no-text';
    const read = fromBase64url(text);
    if (read !== null && toBase64url(read) !== text) throw new Error('two spellings of one value');
    const takes = [accountIdSchema, hash32Schema, cursorSchema, originSchema].map((schema) =>
      Number(z.core.safeParse(schema, text).success),
    );
    return `${read === null ? 'refused' : 'base64url'} ${takes.join('')}`;
  });
  for (const said of [
    'no-text',
    'base64url 1000',
    'base64url 0100',
    'refused 0010',
    'refused 0001',
    'refused 0000',
  ]) {
    expect(counts.get(said), said).toBeGreaterThan(0);
  }
});
