/** The vectors of ek1: inputs made from fixed labels, outputs by the second implementation. Bytes are hex. */
import { Buffer } from 'node:buffer';
import * as ek1 from './ek1.ts';
import { sha256, x25519Public } from './primitives.ts';

export type Vector = {
  readonly id: string;
  readonly kind: string;
  readonly in: Readonly<Record<string, unknown>>;
  readonly out: Readonly<Record<string, unknown>>;
};

const { b64, hex, text } = ek1;
const toHex = (bytes: Buffer): string => bytes.toString('hex');
/** Bytes that look random and are the same for everybody. */
const made = (label: string, length = 32): Buffer => {
  const blocks: Buffer[] = [];
  for (let i = 0; 32 * i < length; i += 1) blocks.push(sha256(text(`ek1-vectors/${label}/${i}`)));
  return Buffer.concat(blocks).subarray(0, length);
};

const PERSON = made('person root');
const CLINICIAN = made('clinician root');
const PHONE = made('phone seed');
const LAPTOP = made('laptop seed');
const SERVER_EPOCH = made('server epoch', 16);
const ORIGIN = 'https://diary.example';
const TIME = 1_793_491_200_000;
const UNDATED = 0xffff;
const NOVEMBER_2026 = 12 * 26 + 10;
const person = ek1.account(PERSON);
const clinician = ek1.account(CLINICIAN);
const phone = ek1.device(PHONE);

export function makeVectors(): readonly Vector[] {
  return [
    ...encodings(),
    ...hashes(),
    ...accounts(),
    ...keyTree(),
    ...paddings(),
    ...envelopes(),
    ...chains(),
    ...objects(),
    ...sessions(),
    ...letters(),
    ...inboxNotes(),
    ...packs(),
    ...localBoxes(),
    ...wraps(),
    ...kits(),
    ...links(),
    ...invitations(),
  ];
}

function encodings(): Vector[] {
  return ['', '00', 'ff', 'fbff', '14fb9c03d97e', toHex(made('bytes', 33))].map((bytes, i) => ({
    id: `base64url-${i + 1}`,
    kind: 'base64url',
    in: { bytes },
    out: { text: b64(hex(bytes)) },
  }));
}

function hashes(): Vector[] {
  const hashed = [
    ['ek1/acct', ''],
    ['ek1/leaf', '00'],
    ['ek1/chain', toHex(made('x', 100))],
  ] as const;
  const derived = [
    { label: 'sid', ctx: '', length: 16, salt: '' },
    { label: 'env', ctx: toHex(made('ctx', 144)), length: 32, salt: toHex(made('salt', 24)) },
    { label: 'check', ctx: '', length: 64, salt: '' },
  ];
  return [
    ...hashed.map(([label, x], i) => ({
      id: `labelled-hash-${i + 1}`,
      kind: 'labelled-hash',
      in: { label, x },
      out: { hash: toHex(ek1.H(label, hex(x))) },
    })),
    ...derived.map(({ label, ctx, length, salt }, i) => ({
      id: `derive-${i + 1}`,
      kind: 'derive',
      in: { ikm: toHex(PERSON), label, ctx, length, salt },
      out: { key: toHex(ek1.K(PERSON, label, hex(ctx), length, hex(salt))) },
    })),
  ];
}

function accounts(): Vector[] {
  const roots = [PERSON, CLINICIAN, Buffer.alloc(32)];
  const seeds = [PHONE, LAPTOP];
  return [
    ...roots.map((root, i) => {
      const { acct, signPk, boxPk } = ek1.account(root);
      const out = { acct: toHex(acct), signPk: toHex(signPk), boxPk: toHex(boxPk) };
      return { id: `account-${i + 1}`, kind: 'account', in: { root: toHex(root) }, out };
    }),
    ...seeds.map((seed, i) => {
      const { dev, signPk } = ek1.device(seed);
      return {
        id: `device-${i + 1}`,
        kind: 'device',
        in: { seed: toHex(seed) },
        out: { dev: toHex(dev), signPk: toHex(signPk) },
      };
    }),
  ];
}

function keyTree(): Vector[] {
  const places = [
    { cat: 1, month: 0, epoch: 0, day: 1 },
    { cat: 1, month: NOVEMBER_2026, epoch: 0, day: 22 },
    { cat: 1, month: NOVEMBER_2026, epoch: 1, day: 22 },
    { cat: 1, month: NOVEMBER_2026, epoch: 0, day: 23 },
    { cat: 2, month: NOVEMBER_2026, epoch: 0, day: 22 },
    { cat: 4, month: NOVEMBER_2026, epoch: 0xffff, day: 31 },
    { cat: 13, month: UNDATED, epoch: 0, day: 0 },
    { cat: 240, month: UNDATED, epoch: 3, day: 0 },
    { cat: 241, month: 1211, epoch: 258, day: 0 },
  ];
  return places.map((place, i) => {
    const { cat, month, epoch, day } = place;
    const stream = ek1.streamKey(PERSON, cat, month, epoch);
    const key = ek1.dayKey(stream, day);
    const out = {
      sid: toHex(ek1.streamId(PERSON, cat, month)),
      stream: toHex(stream),
      day: toHex(key),
      kid: toHex(ek1.keyId(key, person.acct)),
    };
    return { id: `key-tree-${i + 1}`, kind: 'key-tree', in: { root: toHex(PERSON), ...place }, out };
  });
}

function paddings(): Vector[] {
  return [0, 1, 252, 253, 1020, 4092, 4093, 10_000].map((length, i) => {
    const padded = ek1.padded(Buffer.alloc(length, 0x61));
    return {
      id: `padding-${i + 1}`,
      kind: 'padding',
      in: { length, byte: '61' },
      out: { paddedLength: padded.length, sha256: toHex(sha256(padded)) },
    };
  });
}

function envelopes(): Vector[] {
  const base = {
    type: 1,
    epoch: 0,
    cat: 1,
    month: NOVEMBER_2026,
    day: 22,
    rev: 1,
    replaces: Buffer.alloc(32),
  };
  const samples = [
    { ...base, plaintext: text('') },
    { ...base, plaintext: text('{"valence":0.25,"arousal":-0.5}') },
    { ...base, epoch: 1, rev: 2, replaces: made('replaced leaf'), plaintext: text('{"valence":-1}') },
    { ...base, type: 2, rev: 3, replaces: made('replaced leaf'), plaintext: text('{"seen":[]}') },
    { ...base, type: 3, cat: 240, month: UNDATED, day: 0, plaintext: text('{"theme":"dark"}') },
    { ...base, cat: 4, day: 0, plaintext: text('Zażółć gęślą jaźń — 気分 🌊') },
    {
      ...base,
      cat: 241,
      month: 0,
      day: 31,
      epoch: 0xffff,
      rev: 0xffffffff,
      plaintext: made('300 bytes', 300),
    },
    { ...base, cat: 8, plaintext: made('5000 bytes', 5000) },
  ];
  return samples.map((sample, i) => {
    const rec = made(`rec ${i}`, 16);
    const nonce = made(`nonce ${i}`, 24);
    const bytes = ek1.envelope(PERSON, PHONE, { ...sample, rec, nonce });
    const input = {
      ...sample,
      root: toHex(PERSON),
      deviceSeed: toHex(PHONE),
      rec: toHex(rec),
      nonce: toHex(nonce),
      replaces: toHex(sample.replaces),
      plaintext: toHex(sample.plaintext),
    };
    const out = { envelope: toHex(bytes), stub: toHex(ek1.stub(bytes)), leaf: toHex(ek1.leaf(bytes)) };
    return { id: `envelope-${i + 1}`, kind: 'envelope', in: input, out };
  });
}

function chains(): Vector[] {
  return [0, 1, 5].map((leaves, i) => {
    const sid = made(`sid ${i}`, 16);
    const added = Array.from({ length: leaves }, (_, at) => made(`leaf ${i} ${at}`));
    const chain = added.reduce(ek1.chainNext, ek1.chain0(person.acct, sid, SERVER_EPOCH));
    return {
      id: `chain-${i + 1}`,
      kind: 'chain',
      in: {
        acct: toHex(person.acct),
        sid: toHex(sid),
        serverEpoch: toHex(SERVER_EPOCH),
        leaves: added.map(toHex),
      },
      out: { chain: toHex(chain) },
    };
  });
}

function objects(): Vector[] {
  const zero = b64(Buffer.alloc(32));
  const prev = b64(made('prev'));
  const linked = (seq: number) => ({ seq, prev: seq === 0 ? zero : prev, time: TIME + seq });
  const grant = b64(made('grant', 16));
  const streams = [
    { sid: b64(ek1.streamId(PERSON, 1, NOVEMBER_2026)), kids: null },
    {
      sid: b64(ek1.streamId(PERSON, 2, NOVEMBER_2026)),
      kids: [b64(made('kid', 16)), b64(made('other kid', 16))],
    },
  ];
  const positions = [{ sid: streams[0]?.sid, n: 3, chain: b64(made('chain')) }];
  const head = {
    seq: 7,
    prev,
    time: TIME,
    origin: ORIGIN,
    serverEpoch: b64(SERVER_EPOCH),
    deviceLog: { seq: 1, hash: b64(made('device log')) },
  };
  const samples: readonly [number, string, Buffer | null, unknown][] = [
    [1, 'account', null, { ...linked(0), signPk: b64(person.signPk), boxPk: b64(person.boxPk) }],
    [
      2,
      'device-cert',
      null,
      { ...linked(1), dev: b64(phone.dev), signPk: b64(phone.signPk), sealedName: b64(made('name', 48)) },
    ],
    [3, 'device-revoke', null, { ...linked(2), dev: b64(phone.dev), cut: b64(made('cut')) }],
    [4, 'min-suite', null, { ...linked(3), suite: 1 }],
    [6, 'epoch-accept', null, { ...linked(4), origin: ORIGIN, serverEpoch: b64(SERVER_EPOCH) }],
    [
      16,
      'grant',
      null,
      {
        ...linked(0),
        grant,
        to: b64(clinician.acct),
        streams,
        notBefore: TIME,
        expires: TIME + 1000,
        standing: true,
        sealedToGrantee: b64(made('to grantee', 70)),
        sealedToOwner: b64(made('to owner', 70)),
      },
    ],
    [17, 'extend', null, { ...linked(1), grant, streams }],
    [18, 'revoke', null, { ...linked(2), grant, epoch: 1 }],
    [32, 'head', PHONE, { ...head, grantLog: { seq: -1, hash: zero }, full: true, streams: positions }],
    [33, 'grant-head', PHONE, { grant, ...head, grantObject: b64(made('grant object')), streams: positions }],
    [
      64,
      'register',
      null,
      { origin: ORIGIN, time: TIME, invitation: { kind: 'host', code: 'lantern-otter-quill' } },
    ],
    [
      65,
      'receipt',
      LAPTOP,
      {
        origin: ORIGIN,
        grant,
        seq: 0,
        prev: zero,
        since: '0.0',
        time: TIME,
        why: 'opened',
        sealedPurpose: '',
      },
    ],
    [
      66,
      'mailbox',
      PHONE,
      { origin: ORIGIN, id: b64(made('box', 16)), kind: 'link', time: TIME, hash: b64(made('letter')) },
    ],
    [
      96,
      'clinician-card',
      null,
      {
        origin: ORIGIN,
        account: b64(made('account object', 90)),
        name: 'Dr Žofia Ó Briain',
        nonce: b64(made('card', 16)),
        expires: TIME + 600_000,
      },
    ],
    [
      67,
      'ring-plan',
      PHONE,
      {
        origin: ORIGIN,
        time: TIME,
        push: {
          endpoint: 'https://push.example/send/gAAAAABo?x=1',
          at: [TIME + 60_000, TIME + 86_460_000],
        },
      },
    ],
    [67, 'ring-plan', LAPTOP, { origin: ORIGIN, time: TIME + 1, push: null }],
  ];
  return samples.map(([number, name, seed, payload], i) => {
    const json = JSON.stringify(payload);
    const bytes = ek1.object(PERSON, { number, name }, seed === null ? null : { seed }, json);
    return {
      id: `object-${i + 1}-${name}`,
      kind: 'object',
      in: { root: toHex(PERSON), type: name, deviceSeed: seed === null ? null : toHex(seed), payload: json },
      out: { object: toHex(bytes), hash: toHex(sha256(bytes)) },
    };
  });
}

function sessions(): Vector[] {
  return [ORIGIN, 'http://localhost:8787'].map((origin, i) => {
    const challenge = made(`challenge ${i}`);
    return {
      id: `session-${i + 1}`,
      kind: 'session',
      in: { origin, acct: toHex(person.acct), dev: toHex(phone.dev), challenge: toHex(challenge) },
      out: { message: toHex(ek1.sessionMessage(origin, person.acct, phone.dev, challenge)) },
    };
  });
}

function letters(): Vector[] {
  return [text(''), text('Pixel on the kitchen table'), made('long letter', 1500)].map((plaintext, i) => {
    const ephemeral = made(`ephemeral ${i}`);
    const context = text(`ek1/vector ${i}`);
    return {
      id: `sealed-box-${i + 1}`,
      kind: 'sealed-box',
      in: {
        toRoot: toHex(CLINICIAN),
        ephemeral: toHex(ephemeral),
        context: toHex(context),
        plaintext: toHex(plaintext),
      },
      out: { box: toHex(ek1.sealedLetter(ephemeral, clinician.boxPk, context, plaintext)) },
    };
  });
}

function inboxNotes(): Vector[] {
  return [text(''), text('{"words":"could not sleep"}'), made('long note', 900)].map((plaintext, i) => {
    const ephemeral = made(`inbox ephemeral ${i}`);
    return {
      id: `inbox-note-${i + 1}`,
      kind: 'inbox-note',
      in: {
        root: toHex(PERSON),
        deviceSeed: toHex(PHONE),
        ephemeral: toHex(ephemeral),
        plaintext: toHex(plaintext),
      },
      out: { note: toHex(ek1.inboxNote(PERSON, PHONE, ephemeral, plaintext)) },
    };
  });
}

function packs(): Vector[] {
  const samples: readonly (readonly ek1.PackKey[])[] = [
    [],
    [{ cat: 1, month: NOVEMBER_2026, epoch: 0, day: null }],
    [
      { cat: 1, month: NOVEMBER_2026, epoch: 1, day: null },
      { cat: 1, month: NOVEMBER_2026 - 1, epoch: 0, day: null },
      { cat: 2, month: NOVEMBER_2026, epoch: 0, day: 21 },
      { cat: 2, month: NOVEMBER_2026, epoch: 0, day: 3 },
      { cat: 2, month: NOVEMBER_2026, epoch: 1, day: 3 },
      { cat: 9, month: UNDATED, epoch: 0, day: null },
    ],
  ];
  return samples.map((keys, i) => {
    const grant = made('grant', 16);
    const packId = made(`pack ${i}`, 16);
    const ephemeral = made(`pack ephemeral ${i}`);
    const to = { grant, packId, to: clinician.acct, toPk: clinician.boxPk, ephemeral };
    const object = ek1.object(
      PERSON,
      { number: 48, name: 'key-pack' },
      { seed: PHONE },
      ek1.packPayload(PERSON, to, keys),
    );
    return {
      id: `key-pack-${i + 1}`,
      kind: 'key-pack',
      in: {
        root: toHex(PERSON),
        deviceSeed: toHex(PHONE),
        toRoot: toHex(CLINICIAN),
        grant: toHex(grant),
        packId: toHex(packId),
        ephemeral: toHex(ephemeral),
        keys,
      },
      out: { content: toHex(ek1.packContent(PERSON, keys)), object: toHex(object) },
    };
  });
}

function localBoxes(): Vector[] {
  const nonce = made('local nonce', 24);
  const plaintext = text('a draft');
  return [
    ...['drafts', 'cache'].map((label, i) => ({
      id: `local-box-${i + 1}`,
      kind: 'local-box',
      in: { root: toHex(PERSON), label, nonce: toHex(nonce), plaintext: toHex(plaintext) },
      out: { box: toHex(ek1.localBox(PERSON, label, nonce, plaintext)) },
    })),
    {
      id: 'device-key-box-1',
      kind: 'device-key-box',
      in: { root: toHex(PERSON), nonce: toHex(nonce), deviceSeed: toHex(PHONE) },
      out: { box: toHex(ek1.deviceKeyBox(PERSON, nonce, PHONE)) },
    },
  ];
}

function wraps(): Vector[] {
  const salt = made('wrap salt', 16);
  const passphrase = 'Ａbacus  doornail unlit \u00e9clair zesty ';
  const secret = made('wrap secret');
  const none = Buffer.alloc(0);
  const words = ek1.kitWords(secret);
  const samples = [
    {
      type: { number: 1, name: 'passphrase' },
      profile: 1,
      params: salt,
      given: passphrase,
      secret: ek1.passphraseSecret(passphrase, salt),
    },
    { type: { number: 2, name: 'passkey' }, profile: 0, params: none, given: toHex(secret), secret },
    { type: { number: 4, name: 'recovery' }, profile: 0, params: none, given: words, secret },
    { type: { number: 5, name: 'none' }, profile: 0, params: none, given: toHex(secret), secret },
    {
      type: { number: 3, name: 'pin' },
      profile: 1,
      params: salt,
      given: '271828',
      secret: ek1.passphraseSecret('271828', salt),
    },
  ];
  return samples.map((sample, i) => {
    const nonce = made(`wrap nonce ${i}`, 24);
    const bytes = ek1.wrap(PERSON, { ...sample, nonce });
    const input = {
      root: toHex(PERSON),
      type: sample.type.name,
      params: toHex(sample.params),
      given: sample.given,
      nonce: toHex(nonce),
    };
    return { id: `wrap-${i + 1}-${sample.type.name}`, kind: 'wrap', in: input, out: { wrap: toHex(bytes) } };
  });
}

function kits(): Vector[] {
  return [Buffer.alloc(32), made('kit')].map((secret, i) => ({
    id: `recovery-kit-${i + 1}`,
    kind: 'recovery-kit',
    in: { secret: toHex(secret) },
    out: { words: ek1.kitWords(secret), id: toHex(ek1.recoveryId(secret)) },
  }));
}

function links(): Vector[] {
  const ephemeral = made('link ephemeral');
  const q = made('q', 16);
  const code = ek1.linkCode(ephemeral, LAPTOP, q);
  const samples = [
    { deviceLog: [made('account object', 200), made('cert object', 300)], grantLog: [], heads: [] },
    {
      deviceLog: [made('account object', 200)],
      grantLog: [made('grant object', 900)],
      heads: [made('head', 400), made('head 2', 10)],
    },
  ];
  return samples.map((lists, i) => {
    const senderEphemeral = made(`sender ephemeral ${i}`);
    const letter = ek1.linkLetter(code, ORIGIN, senderEphemeral, {
      root: PERSON,
      entryCount: 412 + i,
      ...lists,
    });
    const hash = ek1.linkWordsHash(code, person.acct, x25519Public(senderEphemeral));
    return {
      id: `link-${i + 1}`,
      kind: 'link',
      in: {
        root: toHex(PERSON),
        deviceSeed: toHex(LAPTOP),
        ephemeral: toHex(ephemeral),
        q: toHex(q),
        origin: ORIGIN,
        senderEphemeral: toHex(senderEphemeral),
        entryCount: 412 + i,
        deviceLog: lists.deviceLog.map(toHex),
        grantLog: lists.grantLog.map(toHex),
        heads: lists.heads.map(toHex),
      },
      out: {
        code: toHex(code),
        mailbox: toHex(ek1.linkMailbox(q)),
        letter: toHex(letter),
        words: ek1.words(hash, 4),
      },
    };
  });
}

function invitations(): Vector[] {
  return [made('link secret'), Buffer.alloc(32, 0xff)].map((s, i) => {
    const id = ek1.inviteId(s);
    return {
      id: `invitation-${i + 1}`,
      kind: 'invitation',
      in: { s: toHex(s), owner: toHex(person.acct), clinician: toHex(clinician.acct) },
      out: {
        id: toHex(id),
        offerKey: toHex(ek1.inviteOfferKey(s)),
        replyKey: toHex(ek1.inviteReplyKey(s, person.acct)),
        words: ek1.words(ek1.pairWordsHash(person.acct, clinician.acct, id), 6),
      },
    };
  });
}

/** The file as it is committed. */
export function vectorsFile(): string {
  const vectors = makeVectors().map((vector) => `  ${JSON.stringify(vector)}`);
  return `{"protocol":"ek1","suite":1,"bytes":"hex","vectors":[\n${vectors.join(',\n')}\n]}\n`;
}
