/**
 * The envelope store: RxDB on Dexie, strictly durable. Loaded after the first screen. One collection of one's own
 * and, on a clinician's device, a second one that only receives. The schema is fixed at version 0 for ever: what
 * may change lies versioned inside the ciphertext.
 */
import {
  type RxCollection,
  type RxConflictHandler,
  type RxConflictHandlerInput,
  type RxDatabase,
  type RxDocumentData,
  type RxJsonSchema,
  type RxStorage,
  type WithDeleted,
  addRxPlugin,
  createRxDatabase,
  getChangedDocumentsSince,
  prepareQuery,
} from 'rxdb/plugins/core';
import { RxDBLeaderElectionPlugin } from 'rxdb/plugins/leader-election';
import { type RxReplicationState, replicateRxCollection } from 'rxdb/plugins/replication';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import type { Observable } from 'rxjs';
import { type EnvelopeDoc, type EnvelopeDocState, revOfText } from './sealed-version.ts';

export type StoredDoc = RxDocumentData<EnvelopeDoc>;
/** Where in this store's own order of writes something lies: time of the write, then id. */
export type StoreMark = { readonly id: string; readonly lwt: number };
export type StoreChange = { readonly docs: readonly StoredDoc[]; readonly mark: StoreMark };
/** A pull's checkpoint: one cursor by what was read ('own', or a grant id). */
export type PullCheckpoint = Readonly<Record<string, string>>;
export type Resolve = (input: {
  readonly mine: EnvelopeDocState;
  readonly theirs: EnvelopeDocState;
}) => Promise<EnvelopeDocState>;

export type ReplicationOptions = {
  /** Contains the origin and the server's epoch: another epoch starts afresh. */
  readonly identifier: string;
  readonly pull: (
    checkpoint: PullCheckpoint | undefined,
    batchSize: number,
  ) => Promise<{
    readonly documents: readonly EnvelopeDocState[];
    readonly checkpoint: PullCheckpoint;
  }>;
  /** Answers with the current versions of what was in conflict. Absent: a collection that only receives. */
  readonly push?: (docs: readonly EnvelopeDocState[]) => Promise<readonly EnvelopeDocState[]>;
  readonly resync$: Observable<'RESYNC'>;
  readonly retryMs: number;
  readonly batchSize: number;
};
export type Replication = Pick<
  RxReplicationState<EnvelopeDoc, PullCheckpoint>,
  'awaitInSync' | 'awaitInitialReplication' | 'cancel' | 'reSync' | 'active$' | 'error$' | 'isStopped'
>;

export interface EnvelopeStore {
  /** Documents by id, tombstones too. */
  readonly find: (ids: readonly string[]) => Promise<ReadonlyMap<string, StoredDoc>>;
  /** All in one transaction; answers with the ids that somebody else had changed meanwhile (those were not written). */
  readonly write: (
    rows: readonly { readonly previous: StoredDoc | undefined; readonly doc: EnvelopeDocState }[],
  ) => Promise<ReadonlySet<string>>;
  /** What was written after `mark`, oldest first, tombstones too. */
  readonly since: (mark: StoreMark | null, limit: number) => Promise<StoreChange>;
  /** Current documents of one stream, tombstones left out. */
  readonly ofStream: (sid: string) => Promise<readonly StoredDoc[]>;
  /** Documents whose id begins with a text, tombstones left out. */
  readonly withPrefix: (prefix: string) => Promise<readonly StoredDoc[]>;
  readonly count: () => Promise<number>;
  /** Told of every write in any tab. */
  readonly onChange: (listener: (change: StoreChange) => void) => () => void;
  readonly replicate: (options: ReplicationOptions) => Replication;
  readonly setResolve: (resolve: Resolve) => void;
  /** True once this tab speaks with the server for all; false when it still does not after so many ms. */
  readonly waitForLead: (ms: number | null) => Promise<boolean>;
  readonly close: () => Promise<void>;
}

const schema: RxJsonSchema<EnvelopeDoc> = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  additionalProperties: false,
  properties: {
    id: { type: 'string', maxLength: 43 },
    env: { type: 'string' },
    sid: { type: 'string', maxLength: 22 },
  },
  required: ['id', 'env', 'sid'],
  indexes: ['sid'],
};

type Collections = { readonly own?: RxCollection<EnvelopeDoc>; readonly shared?: RxCollection<EnvelopeDoc> };
type OpenDatabase = { readonly database: Promise<RxDatabase>; users: number };
/** RxDB refuses the same name twice in one realm (React's double mounting, hot reload): so it is shared here. */
const openByName = new Map<string, OpenDatabase>();
const resolveByCollection = new WeakMap<object, Resolve>();

export type EnvelopeStoreOptions = {
  readonly name: string;
  readonly collection: 'own' | 'shared';
  /** Tells other tabs of writes, and lets one tab speak with the server; true in a browser. */
  readonly multiInstance?: boolean;
  /** Another storage, for tests. */
  readonly storage?: RxStorage<unknown, unknown>;
};

export async function openEnvelopes(options: EnvelopeStoreOptions): Promise<EnvelopeStore> {
  const { name, collection: which } = options;
  const opened = openDatabase(options);
  const database = await opened.database;
  const existing: Collections = database.collections;
  const collection = existing[which] ?? (await addCollection(database, which));
  const storage = collection.storageInstance;
  let closed = false;

  return {
    async find(ids) {
      const docs = await storage.findDocumentsById([...ids], true);
      return new Map(docs.map((doc) => [doc.id, doc]));
    },
    async write(rows) {
      const written = await storage.bulkWrite(
        rows.map(({ previous, doc }) => ({
          ...(previous !== undefined && { previous }),
          document: {
            ...doc,
            _attachments: {},
            _meta: previous === undefined ? { lwt: 0 } : { ...previous._meta },
            _rev: previous?._rev ?? '',
          },
        })),
        'evenkeel-write',
      );
      const conflicts = new Set<string>();
      for (const error of written.error) {
        if (error.status !== 409) throw new Error(`the envelope store refused a write (${error.status})`);
        conflicts.add(error.documentId);
      }
      return conflicts;
    },
    async since(mark, limit) {
      const { documents, checkpoint } = await getChangedDocumentsSince<EnvelopeDoc, StoreMark>(
        storage,
        limit,
        mark ?? undefined,
      );
      return { docs: documents, mark: checkpoint };
    },
    async ofStream(sid) {
      const { documents } = await storage.query(
        prepareQuery<EnvelopeDoc>(storage.schema, {
          selector: { _deleted: { $eq: false }, sid: { $eq: sid } },
          sort: [{ sid: 'asc' }, { id: 'asc' }],
          skip: 0,
        }),
      );
      return documents;
    },
    async withPrefix(prefix) {
      const { documents } = await storage.query(
        prepareQuery<EnvelopeDoc>(storage.schema, {
          selector: { _deleted: { $eq: false }, id: { $gte: prefix, $lt: `${prefix}\uffff` } },
          sort: [{ id: 'asc' }],
          skip: 0,
        }),
      );
      return documents;
    },
    count: () => collection.count().exec(),
    onChange(listener) {
      const subscription = collection.eventBulks$.subscribe((bulk) => {
        const docs: readonly StoredDoc[] = bulk.events.flatMap(({ documentData }) =>
          isStoredDoc(documentData) ? [documentData] : [],
        );
        const last = docs.at(-1);
        if (last !== undefined) listener({ docs, mark: { id: last.id, lwt: last._meta.lwt } });
      });
      return () => subscription.unsubscribe();
    },
    replicate: (replication) => replicate(collection, replication),
    setResolve(resolve) {
      resolveByCollection.set(collection, resolve);
    },
    async waitForLead(ms) {
      if (!database.multiInstance || database.isLeader()) return true;
      const lead = database.waitForLeadership().then(() => true);
      if (ms === null) return lead;
      return Promise.race([lead, new Promise<boolean>((resolve) => setTimeout(() => resolve(false), ms))]);
    },
    async close() {
      if (closed) return;
      closed = true;
      opened.users -= 1;
      if (opened.users > 0) return;
      openByName.delete(name);
      await database.close();
    },
  };
}

function openDatabase({
  name,
  multiInstance = typeof window !== 'undefined',
  storage,
}: EnvelopeStoreOptions): OpenDatabase {
  const known = openByName.get(name);
  if (known !== undefined) {
    known.users += 1;
    return known;
  }
  quietFirstWarning();
  addRxPlugin(RxDBLeaderElectionPlugin);
  const database = createRxDatabase({
    name,
    storage: storage ?? getRxStorageDexie({ chromeTransactionDurability: 'strict' }),
    multiInstance,
    eventReduce: false,
  });
  const opened = { database, users: 1 };
  openByName.set(name, opened);
  database.catch(() => openByName.delete(name));
  return opened;
}

async function addCollection(
  database: RxDatabase,
  which: 'own' | 'shared',
): Promise<RxCollection<EnvelopeDoc>> {
  const made: { collection: RxCollection<EnvelopeDoc> | null } = { collection: null };
  const conflictHandler: RxConflictHandler<EnvelopeDoc> = {
    isEqual,
    async resolve(input: RxConflictHandlerInput<EnvelopeDoc>) {
      const resolve = made.collection === null ? undefined : resolveByCollection.get(made.collection);
      if (resolve === undefined) return input.newDocumentState;
      return resolve({ mine: plainState(input.newDocumentState), theirs: plainState(input.realMasterState) });
    },
  };
  const added: { readonly own?: RxCollection<EnvelopeDoc>; readonly shared?: RxCollection<EnvelopeDoc> } =
    await database.addCollections({ [which]: { schema, conflictHandler } });
  const collection = added[which];
  if (collection === undefined) throw new Error('the envelope store did not open');
  made.collection = collection;
  return collection;
}

/**
 * Two states are equal when their bytes are. One more thing is decided here, because RxDB asks in no other place:
 * a version that arrives from the server and is not newer than the one held (its revision is not greater) leaves
 * the held one alone. It would otherwise overwrite an edit that was acknowledged while the answer was under way.
 */
function isEqual(a: WithDeleted<EnvelopeDoc>, b: WithDeleted<EnvelopeDoc>, context: string): boolean {
  if (a.env === b.env) return a._deleted === b._deleted;
  return context === 'downstream-check-if-equal-1' && revOfText(a.env) <= revOfText(b.env);
}

/** RxDB hands in its own fields as well; they never travel and are never compared. */
function plainState(doc: WithDeleted<EnvelopeDoc>): EnvelopeDocState {
  return { id: doc.id, env: doc.env, sid: doc.sid, _deleted: doc._deleted };
}

function replicate(collection: RxCollection<EnvelopeDoc>, options: ReplicationOptions): Replication {
  const { push, pull, resync$, retryMs, batchSize, identifier } = options;
  return replicateRxCollection<EnvelopeDoc, PullCheckpoint>({
    collection,
    replicationIdentifier: identifier,
    live: true,
    retryTime: retryMs,
    waitForLeadership: true,
    autoStart: true,
    pull: {
      batchSize,
      async handler(checkpoint, size) {
        const { documents, checkpoint: next } = await pull(checkpoint, size);
        return { documents: documents.map((doc) => ({ ...doc })), checkpoint: next };
      },
      stream$: resync$,
    },
    ...(push !== undefined && {
      push: {
        batchSize,
        handler: async (rows) => [
          ...(await push(rows.map(({ newDocumentState }) => plainState(newDocumentState)))),
        ],
      },
    }),
  });
}

/** RxDB leaves open what an event of a collection carries. */
function isStoredDoc(data: unknown): data is StoredDoc {
  return (
    typeof data === 'object' &&
    data !== null &&
    'id' in data &&
    'env' in data &&
    'sid' in data &&
    '_meta' in data
  );
}

let isQuiet = false;
/** RxDB writes one advertisement to the console at its first write. Only that text is left out, and only once. */
function quietFirstWarning(): void {
  if (isQuiet) return;
  isQuiet = true;
  const warn = console.warn;
  console.warn = (...parts: unknown[]) => {
    const [first] = parts;
    if (typeof first === 'string' && first.startsWith('-------------- RxDB Open Core RxStorage')) {
      console.warn = warn;
      return;
    }
    warn(...parts);
  };
}
