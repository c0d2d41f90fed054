/**
 * Everything this device keeps beside the envelopes, in one Dexie database that can be read while locked: wraps,
 * logs, stream books, heads, packs, receipts, and boxes sealed under the local key. Nothing a person wrote, no
 * category and no date lies open in it: those are only inside boxes (`vault.sealLocal`).
 */
import { Dexie, type Table } from 'dexie';
import {
  type AccountId,
  type Bytes,
  type DeviceId,
  type GrantId,
  type Hash32,
  type RecordId,
  type ServerEpoch,
  type StreamId,
  objectHash,
  parseObject,
} from '@evenkeel/protocol';
import type { WrapType } from '@evenkeel/vault';
import { databaseName } from './own-databases.ts';
import type { QuarantineReason, ServerFault, SharedEnd, SharedFault, WaitingReason } from './reasons.ts';

/** A way to unlock. `credential`: the passkey's id. `secret`: for "no lock", what lies beside its wrap. */
export type StoredWrap = {
  readonly type: WrapType;
  readonly wrap: Bytes;
  readonly credential?: Bytes;
  readonly secret?: Bytes;
  /** For a PIN: wrong tries left. */
  readonly triesLeft?: number;
};

/** Who keeps a diary on this device. */
export type StoredAccount = {
  readonly acct: AccountId;
  readonly dev: DeviceId;
  readonly deviceKeyBox: Bytes;
  readonly createdAt: number;
};
export type StoredServer = {
  readonly origin: string;
  readonly address: string;
  readonly serverEpoch: ServerEpoch;
};

export type FactRow = { readonly name: string; readonly value: unknown };
/** `sent`: the server named in `scope` (of the own account) has it. */
export type LogRow = {
  readonly log: 'device' | 'grant';
  readonly seq: number;
  readonly bytes: Bytes;
  readonly sent: boolean;
};
export type BoxRow = { readonly id: string; readonly box: Bytes };
/** A sealed envelope that waits for the envelope store to open. */
export type WaitingRow = {
  readonly id: string;
  readonly rec: RecordId;
  readonly sid: StreamId;
  readonly env: string;
  readonly deleted: boolean;
};
export type BookRow = {
  /** `scope/sid`. */
  readonly key: string;
  readonly scope: string;
  readonly sid: StreamId;
  /** Positions verified without a gap, and the chain value there. */
  readonly n: number;
  readonly chain: Hash32;
  /** Leaves 1…n, 32 bytes each. */
  readonly leaves: Bytes;
  /** rec 16 ‖ leaf 32 ‖ n u32, per record: the version the server held when last heard of. */
  readonly current: Bytes;
  /** n u32 ‖ kid 16 per stub that nothing has replaced yet. */
  readonly stubs: Bytes;
  /** n u32 ‖ leaf 32 ‖ replaces 32 of leaves that came after a gap. */
  readonly ahead: Bytes;
  /** The most a signed head states of this stream: n and chain, by device. */
  readonly claims: readonly {
    readonly dev: DeviceId;
    readonly n: number;
    readonly chain: Hash32;
    readonly time: number;
  }[];
};
export type CursorRow = {
  readonly scope: string;
  /** Where a pull that brought no document started and ended: RxDB drops such a checkpoint. */
  readonly from: string;
  readonly to: string;
  readonly side: number;
  /** Side rows up to this sequence were had before and are being given again: old ones among them mean nothing. */
  readonly again?: number;
  readonly asOf: number | null;
  readonly heardAt?: number;
};
export type PackRow = {
  readonly hash: Hash32;
  readonly owner: AccountId;
  readonly grant: GrantId;
  readonly bytes: Bytes;
  readonly sent: boolean;
};
/** The highest head of a device in a scope, or (`full`) one that a revocation may name. */
export type HeadRow = {
  readonly key: string;
  readonly scope: string;
  readonly dev: DeviceId;
  readonly seq: number;
  readonly hash: Hash32;
  readonly time: number;
  readonly bytes: Bytes;
  readonly sent: boolean;
  /** For heads this device signed: how far of each stream they go. */
  readonly signed?: ReadonlyMap<StreamId, number>;
  /** For one that was not sent: the scope it was signed for. */
  readonly of?: string;
  /** For the last head this device signed: the hashes of those before it, and its own at the end. */
  readonly recent?: readonly Hash32[];
  /** For a grant head: the last object of the grant it was signed over. */
  readonly over?: Hash32;
};
export type ReceiptRow = {
  readonly key: string;
  readonly grant: GrantId;
  readonly acct: AccountId;
  readonly dev: DeviceId;
  readonly bytes: Bytes;
};
export type PendingRow = {
  readonly rec: RecordId;
  readonly leaf: Hash32;
  readonly reason: WaitingReason;
  readonly at: number;
};
export type QuarantineRow = {
  readonly id?: number;
  readonly scope: string;
  readonly sid: StreamId;
  readonly n: number;
  readonly rec: string;
  readonly env: string;
  readonly reason: QuarantineReason;
  readonly at: number;
};
export type FaultRow = {
  readonly key: string;
  readonly scope: string;
  readonly fault: ServerFault;
  readonly at: number;
  readonly sid?: StreamId;
  readonly dev?: DeviceId;
};
/** A share that was made to this device's account: what the server sent of it, verified. */
export type SharedGrantRow = {
  readonly grant: GrantId;
  readonly owner: AccountId;
  /** The owner's device log, the Account object first. */
  readonly deviceLog: readonly Bytes[];
  /** The Grant, its Extends and its Revoke. */
  readonly objects: readonly Bytes[];
  /** The end of this device's receipts; null before the first. */
  readonly tip: { readonly seq: number; readonly hash: Hash32 } | null;
  /** A signed receipt whose answer never came: sent again as it is. */
  readonly receiptOpen: {
    readonly bytes: Bytes;
    readonly since: string;
    readonly tip: { readonly seq: number; readonly hash: Hash32 };
  } | null;
  /** The server's sequence of this grant when everything had been read, and the cursor then. */
  readonly seq: number;
  readonly readTo: string;
  readonly lastPullAt: number | null;
  readonly ended: { readonly reason: SharedEnd; readonly at: number } | null;
  /** Why it is not shown although it is there. */
  readonly refused: SharedFault | null;
  /** The clinician threw it away: it is not read again. */
  readonly forgotten: boolean;
  /** It is over or thrown away, and nothing of it lies here any more. */
  readonly emptied?: boolean;
  /** How far heads of the owner's devices that are still theirs vouch for each stream. */
  readonly vouched: ReadonlyMap<StreamId, number>;
};

export type Tables = {
  readonly facts: Table<FactRow, string>;
  readonly wraps: Table<StoredWrap, string>;
  readonly logs: Table<LogRow, [string, number]>;
  readonly drafts: Table<BoxRow, string>;
  readonly settings: Table<BoxRow, string>;
  readonly waiting: Table<WaitingRow, string>;
  /** Records being erased for good, until nothing of them is left and the server knows. */
  readonly erasing: Table<{ readonly rec: RecordId }, string>;
  readonly books: Table<BookRow, string>;
  readonly cursors: Table<CursorRow, string>;
  readonly packs: Table<PackRow, string>;
  readonly heads: Table<HeadRow, string>;
  readonly receipts: Table<ReceiptRow, string>;
  readonly pending: Table<PendingRow, string>;
  readonly quarantine: Table<QuarantineRow, number>;
  readonly faults: Table<FaultRow, string>;
  readonly volumes: Table<BoxRow, string>;
  /** Under 'head': day summaries and what each volume holds. */
  readonly caches: Table<BoxRow, string>;
  readonly people: Table<BoxRow, string>;
  readonly sharedGrants: Table<SharedGrantRow, string>;
  /** Written while locked, sealed to the account of this device. Only this device's own screens put rows here. */
  readonly inbox: Table<BoxRow, string>;
};

const STORES = {
  facts: '&name',
  wraps: '&type',
  logs: '&[log+seq]',
  drafts: '&id',
  settings: '&id',
  waiting: '&id',
  erasing: '&rec',
  books: '&key, scope',
  cursors: '&scope',
  packs: '&hash, grant',
  heads: '&key, scope',
  receipts: '&key, grant',
  pending: '&rec',
  quarantine: '++id, scope, rec, [scope+sid+n]',
  faults: '&key, scope',
  volumes: '&id',
  caches: '&id',
  people: '&id',
  sharedGrants: '&grant, owner',
  inbox: '&id',
} satisfies Record<keyof Tables, string>;

export const PIN_TRIES = 10;
/** Fact: something may lie here that was written while the clock stood earlier than it had stood before. */
export const CLOCK_SET_BACK = 'clock-set-back';
/** Scope of heads that came from a linking device and were not held against a server's answer yet. */
export const HANDED_OVER = 'handed-over';

export interface DeviceStore {
  readonly name: string;
  /** The name under which the envelope store keeps its databases. */
  readonly envelopesName: string;
  readonly db: Dexie;
  readonly tables: Tables;

  readonly account: () => Promise<StoredAccount | null>;
  /**
   * Keeps a new account with its first log objects, in one transaction. `heads`: what a linking device handed over;
   * the server's first answer is held against them.
   */
  readonly keepAccount: (account: StoredAccount, logs: HandedOver) => Promise<void>;
  readonly wraps: () => Promise<readonly StoredWrap[]>;
  readonly wrap: (type: WrapType) => Promise<StoredWrap | null>;
  readonly keepWrap: (wrap: StoredWrap) => Promise<void>;
  readonly removeWrap: (type: WrapType) => Promise<void>;
  /**
   * One try with the PIN wrap. It is counted before the attempt, so that closing the app in the middle gives no
   * free try; the tenth wrong one removes the wrap.
   */
  readonly tryPin: (attempt: (wrap: Bytes) => Promise<boolean>) => Promise<PinOutcome>;
  readonly server: () => Promise<StoredServer | null>;
  readonly keepServer: (server: StoredServer | null) => Promise<void>;
  readonly isKitConfirmed: () => Promise<boolean>;
  readonly confirmKit: (confirmed: boolean) => Promise<void>;
  /** Any other small fact that may lie open: never what a person wrote. `read` returns what was put, unparsed. */
  readonly readFact: (name: string) => Promise<unknown>;
  readonly keepFact: (name: string, value: unknown) => Promise<void>;
  /** Boxes sealed by the caller: drafts as they are typed, settings of this device, pinned people. */
  readonly readBox: (kind: 'drafts' | 'settings' | 'people', id: string) => Promise<Bytes | null>;
  readonly readBoxes: (kind: 'drafts' | 'settings' | 'people') => Promise<readonly BoxRow[]>;
  readonly keepBox: (kind: 'drafts' | 'settings' | 'people', id: string, box: Bytes | null) => Promise<void>;
  readonly close: () => void;
}

function isRevoke(object: Bytes): boolean {
  const parsed = parseObject(object);
  return parsed.ok && parsed.object.type === 'revoke';
}

export type HandedOver = {
  readonly deviceLog: readonly Bytes[];
  readonly grantLog?: readonly Bytes[];
  readonly heads?: readonly Bytes[];
};

export type PinOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'wrong'; readonly left: number }
  | { readonly ok: false; readonly reason: 'removed' };

/** Opens this device's store; `name` is 'main' in the app. Writes are on the disk before they resolve. */
export async function openDeviceStore(name: string): Promise<DeviceStore> {
  const db = new Dexie(databaseName(name), { chromeTransactionDurability: 'strict' });
  db.version(2).stores(STORES);
  await db.open();
  const tables: Tables = {
    facts: db.table('facts'),
    wraps: db.table('wraps'),
    logs: db.table('logs'),
    drafts: db.table('drafts'),
    settings: db.table('settings'),
    waiting: db.table('waiting'),
    erasing: db.table('erasing'),
    books: db.table('books'),
    cursors: db.table('cursors'),
    packs: db.table('packs'),
    heads: db.table('heads'),
    receipts: db.table('receipts'),
    pending: db.table('pending'),
    quarantine: db.table('quarantine'),
    faults: db.table('faults'),
    volumes: db.table('volumes'),
    caches: db.table('caches'),
    people: db.table('people'),
    sharedGrants: db.table('sharedGrants'),
    inbox: db.table('inbox'),
  };
  const accounts: Table<FactRow & { readonly value: StoredAccount }, string> = db.table('facts');
  const servers: Table<FactRow & { readonly value: StoredServer | null }, string> = db.table('facts');

  return {
    name,
    envelopesName: `${databaseName(name)}-envelopes`,
    db,
    tables,
    account: async () => (await accounts.get('account'))?.value ?? null,
    async keepAccount(account, { deviceLog, grantLog = [], heads = [] }) {
      await db.transaction('rw', [tables.facts, tables.logs, tables.heads], async () => {
        await tables.facts.put({ name: 'account', value: account });
        // What is sealed before the logs are open goes by it: under an earlier epoch, stopped shares would open it.
        await tables.facts.put({ name: 'own/epoch', value: grantLog.filter(isRevoke).length });
        await tables.logs.clear();
        await tables.logs.bulkPut(
          deviceLog.map((bytes, seq) => ({ log: 'device', seq, bytes, sent: false })),
        );
        await tables.logs.bulkPut(grantLog.map((bytes, seq) => ({ log: 'grant', seq, bytes, sent: false })));
        await tables.heads.bulkPut(
          heads.map((bytes, seq) => ({
            key: `${HANDED_OVER}/${seq}`,
            scope: HANDED_OVER,
            dev: account.dev,
            seq,
            hash: objectHash(bytes),
            time: 0,
            bytes,
            sent: true,
          })),
        );
      });
    },
    wraps: () => tables.wraps.toArray(),
    wrap: async (type) => (await tables.wraps.get(type)) ?? null,
    async keepWrap(wrap) {
      await tables.wraps.put(wrap.type === 'pin' ? { ...wrap, triesLeft: PIN_TRIES } : wrap);
    },
    removeWrap: (type) => tables.wraps.delete(type),
    async tryPin(attempt) {
      const row = await db.transaction('rw', tables.wraps, async () => {
        const held = await tables.wraps.get('pin');
        if (held === undefined) return null;
        const left = (held.triesLeft ?? PIN_TRIES) - 1;
        if (left < 0) {
          await tables.wraps.delete('pin');
          return null;
        }
        await tables.wraps.put({ ...held, triesLeft: left });
        return { wrap: held.wrap, left };
      });
      if (row === null) return { ok: false, reason: 'removed' };
      if (await attempt(row.wrap)) {
        await tables.wraps.update('pin', { triesLeft: PIN_TRIES });
        return { ok: true };
      }
      if (row.left > 0) return { ok: false, reason: 'wrong', left: row.left };
      await tables.wraps.delete('pin');
      return { ok: false, reason: 'removed' };
    },
    server: async () => (await servers.get('server'))?.value ?? null,
    async keepServer(server) {
      await tables.facts.put({ name: 'server', value: server });
    },
    isKitConfirmed: async () => (await tables.facts.get('kitConfirmed'))?.value === true,
    async confirmKit(confirmed) {
      await tables.facts.put({ name: 'kitConfirmed', value: confirmed });
    },
    readFact: async (fact) => (await tables.facts.get(`own/${fact}`))?.value,
    async keepFact(fact, value) {
      await tables.facts.put({ name: `own/${fact}`, value });
    },
    readBox: async (kind, id) => (await tables[kind].get(id))?.box ?? null,
    readBoxes: (kind) => tables[kind].toArray(),
    async keepBox(kind, id, box) {
      if (box === null) await tables[kind].delete(id);
      else await tables[kind].put({ id, box });
    },
    close: () => db.close(),
  };
}
