/** What a reader is given, as rows. */
import {
  type AccountId,
  type Bytes,
  type GrantId,
  bytesToAccountId,
  bytesToGrantId,
  bytesToStreamId,
  encodeStub,
  idToBytes,
  parseEnvelope,
  stubOf,
  STUB_BYTES,
} from '@evenkeel/protocol';
import {
  type GrantToMe,
  type Page,
  type PageRequest,
  type SideKind,
  type StoredItem,
  grantStanding,
} from '../store.ts';
import { type ShareRow, readGrantObjects, readLog, readShareTo } from './account-rows.ts';
import { BrokenRow, blob, int } from './columns.ts';
import type { Database } from './database.ts';
import { SIDE } from './push-rows.ts';

const KIND_BY_NUMBER: ReadonlyMap<number, SideKind> = new Map([
  [SIDE.head, 'head'],
  [SIDE['grant-head'], 'grant-head'],
  [SIDE.pack, 'pack'],
  [SIDE.receipt, 'receipt'],
]);

/** The owner's own diary, in the order of the account. */
export function readOwnPage(db: Database, key: number, request: PageRequest): Page {
  const rows = db
    .sql(
      `SELECT leaf.seq, leaf.n, leaf.body, stream.sid FROM leaf JOIN stream ON stream.key = leaf.stream
       WHERE leaf.account = ? AND leaf.seq > ? ORDER BY leaf.seq LIMIT ?`,
    )
    .iterate(key, request.since.own, request.limit + 1);
  const taken = takeItems(rows, request, (row) => {
    const own = int(row, 'seq');
    return {
      sid: bytesToStreamId(blob(row, 'sid')),
      n: int(row, 'n'),
      body: blob(row, 'body'),
      cursor: { admitted: own, own },
    };
  });
  const side = db
    .sql(
      'SELECT seq, kind, bytes FROM side WHERE account = ? AND seq > ? AND kind IN (1, 3, 4) ORDER BY seq LIMIT ?',
    )
    .all(key, request.have.side, request.sideRows + 1);
  return finishPage(taken, side, request, {
    deviceLog: readLog(db, key, 'device', request.have.deviceLog, request.sideRows + 1),
    grantLog: readLog(db, key, 'grant', request.have.grantLog, request.sideRows + 1),
  });
}

/**
 * What a grant admits. A leaf's sequence here is the later of its own and that of the last Grant or Extend
 * that admitted something of its stream: a widened stream is served again whole, in its own order, so that
 * its chain can be computed from start to end and a body stands where a stub stood before.
 */
export function readGrantPage(db: Database, share: ShareRow, request: PageRequest): Page {
  const { admitted, own } = request.since;
  const rows = db
    .sql(
      `SELECT leaf.seq, leaf.n, leaf.body, admitted.sid, admitted.whole, max(leaf.seq, admitted.admitted) AS effective
       FROM (SELECT stream.key, stream.sid, share_stream.whole, share_stream.admitted FROM share_stream
             JOIN stream ON stream.account = share_stream.account AND stream.sid = share_stream.sid
             WHERE share_stream.account = ?1 AND share_stream.share = ?2) AS admitted
       JOIN leaf ON leaf.stream = admitted.key AND leaf.seq >
         CASE WHEN admitted.admitted > ?3 THEN 0 WHEN admitted.admitted = ?3 THEN ?4 ELSE ?3 END
       WHERE leaf.account = ?1
       ORDER BY effective, leaf.seq LIMIT ?5`,
    )
    .iterate(share.account, share.key, admitted, own, request.limit + 1);
  const taken = takeItems(rows, request, (row) => {
    const sid = blob(row, 'sid');
    const whole = blob(row, 'body');
    // check: pull-kid
    const body = int(row, 'whole') === 1 || isAdmittedKid(db, share, sid, whole) ? whole : asStub(whole);
    return {
      sid: bytesToStreamId(sid),
      n: int(row, 'n'),
      body,
      cursor: { admitted: int(row, 'effective'), own: int(row, 'seq') },
    };
  });
  const side = db
    .sql(
      'SELECT seq, kind, bytes FROM side WHERE account = ? AND share = ? AND seq > ? AND kind IN (2, 3) ORDER BY seq LIMIT ?',
    )
    .all(share.account, share.key, request.have.side, request.sideRows + 1);
  return finishPage(taken, side, request, {
    deviceLog: readLog(db, share.account, 'device', request.have.deviceLog, request.sideRows + 1),
    grantLog: readGrantObjects(db, share.account, share.grant, request.have.grantLog, request.sideRows + 1),
  });
}

export function readGrantsTo(db: Database, reader: AccountId): readonly GrantToMe[] {
  const ids = db.sql('SELECT grant_id FROM share WHERE reader = ? ORDER BY key').all(idToBytes(reader));
  return ids.flatMap((row) => {
    const share = readShareTo(db, reader, bytesToGrantId(blob(row, 'grant_id')));
    if (share === null) return [];
    const [account] = readLog(db, share.account, 'device', 0, 1);
    if (account === undefined) return [];
    return [
      {
        grant: share.grant,
        owner: share.owner,
        account,
        objects: readGrantObjects(db, share.account, share.grant, 0),
        seq: lastSeq(db, share),
      },
    ];
  });
}

/** Active grants of an account that a change touches: those of these streams, or all. */
export function readTouchedShares(db: Database, key: number, sids: Iterable<string> | 'all', now: number) {
  const found = new Map<GrantId, AccountId>();
  const all = db
    .sql('SELECT key, grant_id, reader FROM share WHERE account = ? AND revoked IS NULL')
    .all(key);
  if (all.length === 0) return found;
  const touched = sids === 'all' ? null : new Set<number>();
  if (sids !== 'all') {
    for (const sid of sids) {
      for (const row of db
        .sql('SELECT share FROM share_stream WHERE account = ? AND sid = ?')
        .all(key, idToBytes(sid))) {
        touched?.add(int(row, 'share'));
      }
    }
  }
  for (const row of all) {
    if (touched !== null && !touched.has(int(row, 'key'))) continue;
    const share = readShareTo(
      db,
      bytesToAccountId(blob(row, 'reader')),
      bytesToGrantId(blob(row, 'grant_id')),
    );
    if (share !== null && grantStanding(share, now) === 'active') found.set(share.grant, share.to);
  }
  return found;
}

function lastSeq(db: Database, share: ShareRow): number {
  if (share.revokedAt !== null) return share.seq;
  const row = db
    .sql(
      `SELECT max(coalesce((SELECT max(stream.seq) FROM share_stream
                 JOIN stream ON stream.account = share_stream.account AND stream.sid = share_stream.sid
                 WHERE share_stream.account = ?1 AND share_stream.share = ?2), 0),
              coalesce((SELECT max(seq) FROM side WHERE account = ?1 AND share = ?2 AND kind IN (2, 3)), 0)) AS seq`,
    )
    .get(share.account, share.key);
  return Math.max(share.seq, int(row, 'seq'));
}

type Row = Readonly<Record<string, unknown>>;
type Taken = { readonly items: readonly StoredItem[]; readonly more: boolean };

/** Items until the page is full by number or by bytes; at least one where there is one. */
function takeItems(
  rows: Iterable<Row>,
  { limit, bytes }: PageRequest,
  itemOf: (row: Row) => StoredItem,
): Taken {
  const items: StoredItem[] = [];
  let size = 0;
  for (const row of rows) {
    if (items.length >= limit || (items.length > 0 && size >= bytes)) return { items, more: true };
    const item = itemOf(row);
    size += item.body.length;
    items.push(item);
  }
  return { items, more: false };
}

function finishPage(
  taken: Taken,
  side: readonly Row[],
  { have, sideRows }: PageRequest,
  logs: { readonly deviceLog: readonly Bytes[]; readonly grantLog: readonly Bytes[] },
): Page {
  const given = side.slice(0, sideRows);
  const cut = side.length > sideRows || logs.deviceLog.length > sideRows || logs.grantLog.length > sideRows;
  return {
    items: taken.items,
    more: taken.more || cut,
    deviceLog: logs.deviceLog.slice(0, sideRows),
    grantLog: logs.grantLog.slice(0, sideRows),
    side: given.map((row) => ({ kind: kindOf(int(row, 'kind')), bytes: blob(row, 'bytes') })),
    sideSeq: given.reduce((last, row) => Math.max(last, int(row, 'seq')), have.side),
  };
}

function kindOf(value: number): SideKind {
  const kind = KIND_BY_NUMBER.get(value);
  if (kind === undefined) throw new BrokenRow('kind', 'kind of side row');
  return kind;
}

function isAdmittedKid(db: Database, share: ShareRow, sid: Uint8Array, body: Uint8Array): boolean {
  if (body.length === STUB_BYTES) return true;
  const kid = body.subarray(20, 36);
  return (
    db
      .sql('SELECT 1 FROM share_kid WHERE account = ? AND share = ? AND sid = ? AND kid = ?')
      .get(share.account, share.key, sid, kid) !== undefined
  );
}

function asStub(body: Bytes): Bytes {
  const parsed = parseEnvelope(body);
  if (!parsed.ok) throw new BrokenRow('body', 'envelope');
  return encodeStub(stubOf(parsed.envelope));
}
