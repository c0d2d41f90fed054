/**
 * RxDB's own replication suite against our server: its made-up people are sealed as records of ours and go through
 * the same exchange as a diary (verification, books, acknowledgements), so that what RxDB expects of a server and what
 * ours does are known to be the same.
 */
import 'fake-indexeddb/auto';
import { CATEGORY_NUMBERS, UNDATED_PLACE, type Version, createClock } from '@evenkeel/journal';
import {
  type Hash32,
  type RecordId,
  ZERO_HASH,
  bytesToRecordId,
  leafOf,
  randomMomentId,
  sha256,
  utf8,
  z,
} from '@evenkeel/protocol';
import { type RunningServer, startServer } from '@evenkeel/sync-server';
import { createVault } from '@evenkeel/vault';
import { type RxCollection, addRxPlugin } from 'rxdb/plugins/core';
import { RxDBDevModePlugin, disableWarnings } from 'rxdb/plugins/dev-mode';
import { RxDBLocalDocumentsPlugin } from 'rxdb/plugins/local-documents';
import { replicateRxCollection } from 'rxdb/plugins/replication';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { runReplicationBaseTestSuite, setConfig } from 'rxdb/plugins/test-utils';
import { RxDBUpdatePlugin } from 'rxdb/plugins/update';
import { wrappedValidateAjvStorage } from 'rxdb/plugins/validate-ajv';
import { Subject } from 'rxjs';
import { afterAll, describe, it } from 'vitest';
import { openDeviceStore } from './device-store.ts';
import type { EnvelopeStore } from './envelopes.ts';
import { type Exchange, createExchange } from './exchange.ts';
import { listenLive } from './live-stream.ts';
import { createLogBook } from './log-book.ts';
import { createIndex } from './record-index.ts';
import {
  createOpenedMemory,
  docOf,
  envelopeOfText,
  openVersions,
  sealVersions,
  type EnvelopeDocState,
} from './sealed-version.ts';
import { createClient } from './server-client.ts';
import { createWorld } from './world.ts';
import type { Writer } from './writer.ts';

// The suite asks for these by their global names.
Object.assign(globalThis, { describe, it });
process.env['NODE_ENV'] = 'fast';
disableWarnings();
addRxPlugin(RxDBDevModePlugin);
addRxPlugin(RxDBLocalDocumentsPlugin);
addRxPlugin(RxDBUpdatePlugin);
const storage = () => wrappedValidateAjvStorage({ storage: getRxStorageMemory() });
setConfig({
  storage: {
    name: 'memory',
    getStorage: storage,
    getPerformanceStorage: () => ({ storage: storage(), description: 'memory' }),
    hasPersistence: false,
    hasMultiInstance: false,
    hasAttachments: false,
    hasReplication: true,
  },
});

const humanSchema = z.object({
  passportId: z.string(),
  firstName: z.optional(z.string()),
  lastName: z.optional(z.string()),
  age: z.optional(z.number()),
  _deleted: z.optional(z.boolean()),
});
type Human = z.infer<typeof humanSchema>;
type Account = Awaited<ReturnType<typeof newAccount>>;
type Client = {
  readonly exchange: Exchange;
  readonly push: (
    rows: readonly { readonly mine: Human; readonly assumed: Human | undefined }[],
  ) => Promise<Human[]>;
  readonly human: (doc: EnvelopeDocState) => Promise<Human>;
  readonly live: (poked: () => void) => () => void;
};

let server: RunningServer | null = null;
let account: Account | null = null;
let clients = 0;
let revision = 0;

async function newAccount(at: RunningServer) {
  const vault = createVault();
  const { holder, deviceLog } = await vault.create({ deviceName: 'suite', now: Date.now() });
  const signSession = (origin: string, challenge: string) => vault.signSession(origin, challenge);
  const client = createClient(
    { origin: at.url },
    { acct: holder.acct, dev: holder.dev, signSession },
    Date.now,
  );
  const [register] = await vault.sign([
    {
      type: 'register',
      signer: 'identity',
      payload: { origin: at.url, time: Date.now(), invitation: { kind: 'none' } },
    },
  ]);
  if (register === undefined) throw new Error('unsigned');
  const registered = await client.register({ register, deviceLog, grantLog: [] });
  if (!registered.ok) throw new Error(registered.reason);
  return { vault, holder, deviceLog, client, serverEpoch: registered.value.serverEpoch, origin: at.url };
}

/** One collection's way to the server: books, cursors and logs of its own. */
async function newClient(): Promise<Client> {
  if (account === null) throw new Error('no account');
  const { vault, holder, deviceLog, client, serverEpoch, origin } = account;
  clients += 1;
  const store = await openDeviceStore(`suite-${clients}`);
  await store.keepAccount(
    { acct: holder.acct, dev: holder.dev, deviceKeyBox: new Uint8Array(), createdAt: 0 },
    { deviceLog },
  );
  const logs = createLogBook(store, vault);
  await logs.load();
  await logs.markSent('device', deviceLog);
  const world = createWorld({
    vault,
    store,
    holder: () => holder,
    deviceLog: logs.device,
    grantLog: logs.grant,
    now: Date.now,
    changed: () => undefined,
    origin,
    serverEpoch,
  });
  await world.books.load();
  const nobody = (): never => {
    throw new Error('nothing is refused here, so nothing is written again');
  };
  const writer: Writer = { write: nobody, sealAgain: nobody, drain: nobody, betweenWrites: nobody };
  const envelopes: EnvelopeStore = {
    find: nobody,
    write: nobody,
    since: nobody,
    ofStream: nobody,
    withPrefix: nobody,
    count: nobody,
    onChange: nobody,
    replicate: nobody,
    setResolve: nobody,
    waitForLead: nobody,
    close: nobody,
  };
  const exchange = createExchange({
    vault,
    store,
    holder: () => holder,
    client,
    serverEpoch,
    books: world.books,
    logs,
    heads: world.heads,
    faults: world.faults,
    index: createIndex(),
    writer,
    opened: createOpenedMemory(),
    envelopes,
    now: Date.now,
    told: {
      logsChanged: () => undefined,
      receiving: () => undefined,
      pulled: () => undefined,
      pushed: () => undefined,
      previewed: () => undefined,
      pending: () => undefined,
      isPending: () => false,
      serverEpochChanged: () => undefined,
      reached: () => undefined,
    },
  });
  const clock = createClock({ now: Date.now, dev: holder.dev });
  /** The leaf under which a state of a person was last seen at the server. */
  const leaves = new Map<string, Hash32>();
  const human = async (doc: EnvelopeDocState): Promise<Human> => {
    const envelope = envelopeOfText(doc.env);
    if (envelope === null) throw new Error('no envelope');
    const [read] = await openVersions(vault, holder.acct, [envelope]);
    if (read?.ok !== true) throw new Error('does not open');
    const { version } = read;
    const said =
      version.kind === 'record' ? version.record.fields['human']?.value : version.tombstone.rest?.['human'];
    const found = { ...humanSchema.parse(said), _deleted: doc._deleted };
    leaves.set(JSON.stringify(found), leafOf(envelope));
    return found;
  };
  const seal = (mine: Human): Version => {
    const rec: RecordId = bytesToRecordId(sha256(utf8(mine.passportId)).subarray(0, 16));
    const stamp = clock.stampAfter();
    const value = {
      passportId: mine.passportId,
      ...(mine.firstName !== undefined && { firstName: mine.firstName }),
      ...(mine.lastName !== undefined && { lastName: mine.lastName }),
      ...(mine.age !== undefined && { age: mine.age }),
    };
    if (mine._deleted === true) {
      return {
        kind: 'tombstone',
        tombstone: {
          rec,
          cat: CATEGORY_NUMBERS.settings,
          place: UNDATED_PLACE,
          seen: [stamp],
          rest: { human: value },
        },
      };
    }
    const when = { precision: 'undated', at: 0 } as const;
    return {
      kind: 'record',
      record: {
        rec,
        cat: CATEGORY_NUMBERS.settings,
        moment: randomMomentId(),
        place: UNDATED_PLACE,
        when,
        whenStamp: stamp,
        written: 0,
        fields: { human: { stamp, value } },
      },
    };
  };
  const keyOf = (one: Human): string =>
    JSON.stringify({ ...humanSchema.parse(one), _deleted: one._deleted === true });
  return {
    exchange,
    human,
    live: (poked) => listenLive(client, { retryMs: 50, poked }),
    async push(rows) {
      const wanted = rows.map(({ mine, assumed }) => {
        revision += 1;
        return {
          version: seal(mine),
          epoch: 0,
          rev: revision,
          replaces: (assumed && leaves.get(keyOf(assumed))) ?? ZERO_HASH,
        };
      });
      const sealed = await sealVersions(vault, holder.acct, wanted);
      for (const [i, { leaf }] of sealed.entries()) {
        const row = rows[i];
        if (row !== undefined) leaves.set(keyOf(row.mine), leaf);
      }
      const conflicts = await exchange.push(sealed.map(({ envelope }) => docOf(holder.acct, envelope)));
      return Promise.all(conflicts.map(human));
    },
  };
}

const clientByCollection = new WeakMap<object, Promise<Client>>();
function clientOf(collection: object): Promise<Client> {
  const known = clientByCollection.get(collection) ?? newClient();
  clientByCollection.set(collection, known);
  return known;
}

async function replicate(collection: RxCollection<Human>, live: boolean) {
  const client = await clientOf(collection);
  const resync$ = new Subject<'RESYNC'>();
  const stop = live ? client.live(() => resync$.next('RESYNC')) : () => undefined;
  const state = replicateRxCollection<Human, Record<string, string>>({
    collection,
    replicationIdentifier: `suite-${account?.holder.acct ?? ''}`,
    live,
    waitForLeadership: false,
    retryTime: 100,
    pull: {
      stream$: resync$,
      async handler(checkpoint, batchSize) {
        const pulled = await client.exchange.pull(checkpoint, batchSize);
        const documents = await Promise.all(pulled.documents.map(client.human));
        return {
          documents: documents.map((one) => ({ ...one, _deleted: one._deleted === true })),
          checkpoint: { ...pulled.checkpoint },
        };
      },
    },
    push: {
      async handler(rows) {
        const conflicts = await client.push(
          rows.map(({ newDocumentState, assumedMasterState }) => ({
            mine: newDocumentState,
            assumed: assumedMasterState,
          })),
        );
        return conflicts.map((one) => ({ ...one, _deleted: one._deleted === true }));
      },
    },
  });
  state.onCancel.push(stop);
  return state;
}

async function everybody(): Promise<readonly Human[]> {
  const client = await newClient();
  const people = new Map<string, Human>();
  let checkpoint: Record<string, string> | undefined;
  for (;;) {
    const pulled = await client.exchange.pull(checkpoint, 100);
    for (const doc of pulled.documents) {
      const one = await client.human(doc);
      people.set(one.passportId, one);
    }
    if (pulled.documents.length < 100) return [...people.values()];
    checkpoint = { ...pulled.checkpoint };
  }
}

afterAll(async () => {
  await server?.close();
});

describe('our server, asked by RxDB', () => {
  runReplicationBaseTestSuite({
    startReplication: (collection: RxCollection<Human>) => replicate(collection, true),
    async syncOnce(collection: RxCollection<Human>) {
      const state = await replicate(collection, false);
      await state.awaitInitialReplication();
    },
    getAllServerDocs: async () => [...(await everybody())],
    async cleanUpServer() {
      server ??= await startServer({
        signups: 'open',
        limits: {
          requestsPerMinute: 1e6,
          requestBurst: 1e6,
          pushesPerMinute: 1e6,
          openRegistrationsPerDayPerAddress: 100,
        },
      });
      account = await newAccount(server);
    },
    softDeletes: true,
    isDeleted: (person: Human) => person._deleted === true,
    getPrimaryOfServerDoc: (person: Human) => person.passportId,
  });
});
