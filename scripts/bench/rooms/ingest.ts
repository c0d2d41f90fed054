/** P6: how much of what the disk and the signatures allow the server makes of its work. */
import { Agent, request } from 'node:http';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gzipSync } from 'node:zlib';
import { type Bytes, envelopeSignedBytes, idToBytes, ownBytes, toBase64url } from '@evenkeel/protocol';
import { type BenchAccount, diaryOf, joinServer, sealAll } from '../account.ts';
import type { Room } from '../bench.ts';
import { ratioRow } from '../row.ts';
import { startBenchServer } from '../server-process.ts';
import { interleave } from '../statistics.ts';
import { listenIn } from '../wire.ts';

const A_REQUEST = 100;
/** Requests under way at once: full batches, and single envelopes as many phones would send them. */
const BATCHES_AT_ONCE = 4;
const SINGLES_AT_ONCE = 64;
const SIGNATURE_BYTES = 64;

export const ingest: Room = {
  ids: ['P6'],
  async run({ rounds, amount, note }) {
    await using server = await startBenchServer();
    await using folder = await mkdtempDisposable(join(tmpdir(), 'evenkeel-bench-raw-'));
    const wire = listenIn();
    const account = await joinServer(server.url, wire.fetch);
    await account.client.push({});
    const send = async (bodies: readonly Body[], width: number): Promise<void> => {
      // Connections of their own: one left idle through the other side's turn may be closed by the server just then.
      const agent = new Agent({ keepAlive: true, maxSockets: width });
      const headers = { authorization: wire.authorization() };
      await perWorker(bodies, width, (body) => post(`${server.url}/v1/push`, agent, headers, body));
      agent.destroy();
    };
    const batches = amount(20);
    const singles = amount(2000);
    const perRound = batches * A_REQUEST + singles;
    note(`sealing ${perRound * (rounds + 1)} envelopes`);
    const sealed = await sealAll(account, diaryOf(account, perRound * (rounds + 1)));
    const at = (round: number): readonly Bytes[] =>
      sealed.slice((round + 1) * perRound, (round + 2) * perRound);
    const batchesOf = (round: number) => chunks(at(round).slice(0, batches * A_REQUEST), A_REQUEST);
    const singlesOf = (round: number) => chunks(at(round).slice(batches * A_REQUEST), 1);
    const perSecond = async (count: number, work: () => Promise<void>): Promise<number> => {
      const start = performance.now();
      await work();
      return (count * 1000) / (performance.now() - start);
    };
    using raw = openRaw(join(folder.path, 'raw.sqlite'));
    const key = await crypto.subtle.importKey(
      'raw',
      ownBytes(idToBytes(account.holder.devicePk)),
      'Ed25519',
      false,
      ['verify'],
    );
    const verifyAndInsert = (parts: readonly (readonly Bytes[])[]): Promise<void> =>
      perWorker(parts, BATCHES_AT_ONCE, async (envelopes) => {
        const good = await Promise.all(envelopes.map((one) => isSigned(account, key, one)));
        if (!good.every(Boolean)) throw new Error('a signature does not verify');
        raw.insertTogether(envelopes);
      });

    note('warming up');
    await send(batchesOf(-1).map(bodyOf), BATCHES_AT_ONCE);
    await send(singlesOf(-1).map(bodyOf), SINGLES_AT_ONCE);
    await verifyAndInsert(batchesOf(-1));
    const together = await interleave(
      rounds,
      (round) => {
        const parts = batchesOf(round).map(bodyOf);
        return perSecond(batches * A_REQUEST, () => send(parts, BATCHES_AT_ONCE));
      },
      (round) => {
        const parts = batchesOf(round);
        return perSecond(batches * A_REQUEST, () => verifyAndInsert(parts));
      },
    );
    const alone = await interleave(
      rounds,
      (round) => {
        const parts = singlesOf(round).map(bodyOf);
        return perSecond(singles, () => send(parts, SINGLES_AT_ONCE));
      },
      (round) => {
        const parts = at(round).slice(batches * A_REQUEST);
        return perSecond(singles, async () => {
          for (const envelope of parts) raw.insertTogether([envelope]);
        });
      },
    );
    return [
      ratioRow(
        {
          id: 'P6',
          what: 'server ingest, 100 envelopes a request; against WebCrypto verify + SQLite FULL batch insert',
          unit: '/s',
          aim: { atLeast: 0.35 },
        },
        together,
      ),
      ratioRow(
        {
          id: 'P6',
          what: 'server ingest, one envelope a request; against SQLite FULL, one per transaction',
          unit: '/s',
          aim: { atLeast: 1 },
        },
        alone,
      ),
    ];
  },
};

type Body = { readonly bytes: Buffer; readonly headers: Readonly<Record<string, string | number>> };

/** As a client sends it: compressed from one kilobyte on. */
function bodyOf(envelopes: readonly Bytes[]): Body {
  const text = Buffer.from(JSON.stringify({ envelopes: envelopes.map(toBase64url) }));
  const packed = text.length >= 1024;
  const bytes = packed ? gzipSync(text) : text;
  const headers = {
    'content-type': 'application/json',
    'content-length': bytes.length,
    ...(packed && { 'content-encoding': 'gzip' }),
  };
  return { bytes, headers };
}

function post(
  url: string,
  agent: Agent,
  session: { readonly authorization: string },
  { bytes, headers }: Body,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method: 'POST', agent, headers: { ...headers, ...session } }, (reply) => {
      let text = '';
      reply.setEncoding('utf8');
      reply.on('data', (chunk: string) => (text += chunk));
      reply.on('end', () => {
        if (reply.statusCode === 200 && !text.includes('"refused"')) resolve();
        else reject(new Error(`the server answered ${reply.statusCode}: ${text.slice(0, 200)}`));
      });
    });
    asked.on('error', reject);
    asked.end(bytes);
  });
}

async function perWorker<Item>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const item of queue) await work(item);
    }),
  );
}

function isSigned({ holder }: BenchAccount, key: CryptoKey, envelope: Bytes): Promise<boolean> {
  const end = envelope.length - SIGNATURE_BYTES;
  const signed = envelopeSignedBytes(holder.acct, envelope.subarray(0, end));
  return crypto.subtle.verify('Ed25519', key, ownBytes(envelope.subarray(end)), ownBytes(signed));
}

function openRaw(file: string) {
  const db = new DatabaseSync(file);
  db.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE envelopes (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL)',
  );
  const insert = db.prepare('INSERT INTO envelopes (bytes) VALUES (?)');
  return {
    insertTogether(envelopes: readonly Bytes[]): void {
      db.exec('BEGIN IMMEDIATE');
      for (const envelope of envelopes) insert.run(envelope);
      db.exec('COMMIT');
    },
    [Symbol.dispose]: () => db.close(),
  };
}

function chunks<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}
