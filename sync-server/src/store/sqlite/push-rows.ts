/** What a push needs to know before it is decided, as rows. */
import {
  type AccountId,
  type GrantId,
  type Hash32,
  type RecordId,
  type StreamId,
  bytesToHash32,
  encodeStub,
  idToBytes,
  leafOfStub,
  parseEnvelope,
  stubOf,
} from '@evenkeel/protocol';
import type { HeldRecord, HeldStream, PushState, VerifiedPush } from '../../envelopes/plan-draft.ts';
import { sideName } from '../../grants/plan-side.ts';
import type { AccountState, StoredGrant, Tip } from '../store.ts';
import { accountKey, countActiveShares, readShare } from './account-rows.ts';
import { BrokenRow, blob, int } from './columns.ts';
import type { Database } from './database.ts';

export const SIDE = { head: 1, 'grant-head': 2, pack: 3, receipt: 4 } as const;

export function lookUp(
  db: Database,
  key: number,
  account: AccountState,
  offered: VerifiedPush,
  now: number,
): PushState {
  const records = new Map<RecordId, HeldRecord>();
  const streams = new Map<StreamId, HeldStream>();
  const oldLeaves = new Set<Hash32>();
  for (const one of offered.envelopes) {
    if (one.kind === 'unreadable') continue;
    const { rec, sid } = one.envelope.header;
    const held = records.get(rec) ?? readRecord(db, key, rec);
    if (held !== null) {
      records.set(rec, held);
      if (held.leaf !== one.leaf && isOldLeaf(db, key, one.leaf)) oldLeaves.add(one.leaf);
    }
    const stream = streams.get(sid) ?? readStream(db, key, sid);
    if (stream !== null) streams.set(sid, stream);
  }
  return {
    account,
    records,
    streams,
    oldLeaves,
    ...lookUpGrants(db, key, offered, now),
    ...lookUpSides(db, key, offered),
  };
}

function readRecord(db: Database, key: number, rec: RecordId): HeldRecord | null {
  const row = db
    .sql(
      `SELECT leaf.seq, leaf.n, leaf.body, stream.sid FROM record
       JOIN leaf ON leaf.account = record.account AND leaf.seq = record.seq
       JOIN stream ON stream.key = leaf.stream
       WHERE record.account = ? AND record.rec = ?`,
    )
    .get(key, idToBytes(rec));
  if (row === undefined) return null;
  const body = blob(row, 'body');
  const parsed = parseEnvelope(body);
  if (!parsed.ok) throw new BrokenRow('body', 'envelope');
  const stub = stubOf(parsed.envelope);
  const { sid, rev, type } = parsed.envelope.header;
  return {
    sid,
    n: int(row, 'n'),
    seq: int(row, 'seq'),
    leaf: leafOfStub(stub),
    rev,
    isTombstone: type === 'tombstone',
    body,
    stub: encodeStub(stub),
  };
}

function readStream(db: Database, key: number, sid: StreamId): HeldStream | null {
  const row = db.sql('SELECT n, chain FROM stream WHERE account = ? AND sid = ?').get(key, idToBytes(sid));
  return row === undefined ? null : { n: int(row, 'n'), chain: bytesToHash32(blob(row, 'chain')) };
}

function isOldLeaf(db: Database, key: number, leaf: Hash32): boolean {
  return (
    db.sql('SELECT 1 FROM old_leaf WHERE account = ? AND leaf = ?').get(key, idToBytes(leaf)) !== undefined
  );
}

function lookUpGrants(db: Database, key: number, offered: VerifiedPush, now: number) {
  const grants = new Map<GrantId, StoredGrant>();
  const grantees = new Set<AccountId>();
  const takenGrants = new Set<GrantId>();
  const named = new Set<GrantId>();
  for (const { change } of offered.grantLog?.entries ?? []) {
    if (change.kind !== 'grant') {
      named.add(change.grant);
      continue;
    }
    const { grant, to } = change.grant;
    named.add(grant);
    if (accountKey(db, to) !== null) grantees.add(to);
    const taken = db
      .sql('SELECT 1 FROM share WHERE grant_id = ? AND account <> ?')
      .get(idToBytes(grant), key);
    if (taken !== undefined) takenGrants.add(grant);
  }
  for (const side of [...offered.packs, ...offered.heads]) if (side.kind !== 'head') named.add(side.grant);
  for (const grant of named) {
    const row = readShare(db, key, grant);
    if (row !== null) grants.set(grant, row);
  }
  // Only a push of the grant log asks how many there are.
  const activeGrants = offered.grantLog === null ? 0 : countActiveShares(db, key, now);
  return { grants, grantees, takenGrants, activeGrants };
}

function lookUpSides(db: Database, key: number, offered: VerifiedPush) {
  const lastHeads = new Map<string, Tip>();
  const heldPacks = new Map<string, Hash32>();
  const heldSides = new Set<Hash32>();
  for (const side of [...offered.packs, ...offered.heads]) {
    const held = db.sql('SELECT 1 FROM side WHERE account = ? AND hash = ?').get(key, idToBytes(side.hash));
    if (held !== undefined) heldSides.add(side.hash);
    const share = side.kind === 'head' ? null : (readShare(db, key, side.grant)?.key ?? -1);
    if (side.kind === 'pack') {
      const row = db
        .sql('SELECT hash FROM side WHERE account = ? AND kind = 3 AND share = ? AND pack = ?')
        .get(key, share, idToBytes(side.packId));
      if (row !== undefined) heldPacks.set(sideName(side), bytesToHash32(blob(row, 'hash')));
    } else {
      const tip = lastOfChain(db, key, side.kind, share, idToBytes(side.dev));
      if (tip !== null) lastHeads.set(sideName(side), tip);
    }
  }
  return { lastHeads, heldPacks, heldSides };
}

/** The last object of a device's chain of heads, grant heads or receipts. */
export function lastOfChain(
  db: Database,
  key: number,
  kind: 'head' | 'grant-head' | 'receipt',
  share: number | null,
  dev: Uint8Array,
): Tip | null {
  const row = db
    .sql(
      'SELECT n, hash FROM side WHERE account = ? AND kind = ? AND share IS ? AND dev = ? ORDER BY n DESC LIMIT 1',
    )
    .get(key, SIDE[kind], share, dev);
  return row === undefined ? null : { seq: int(row, 'n'), hash: bytesToHash32(blob(row, 'hash')) };
}
