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
  type Room,
  type SideKind,
  type StoredItem,
  grantStanding,
} from '../store.ts';
import { ONE, type ShareRow, readGrantObjects, readLog, readShareTo } from './account-rows.ts';
import { BrokenRow, blob, int } from './columns.ts';
import type { Database } from './database.ts';
import { SIDE } from './push-rows.ts';
import { type Taken, takeRows } from './take-rows.ts';

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
  const side = db
    .sql('SELECT seq, kind, bytes FROM side WHERE account = ? AND seq > ? AND kind IN (1, 3, 4) ORDER BY seq')
    .iterate(key, request.have.side);
  return fillPage(request, {
    deviceLog: (room) => readLog(db, key, 'device', request.have.deviceLog, room),
    grantLog: (room) => readLog(db, key, 'grant', request.have.grantLog, room),
    side,
    rows,
    itemOf: (row) => {
      const own = int(row, 'seq');
      return {
        sid: bytesToStreamId(blob(row, 'sid')),
        n: int(row, 'n'),
        body: blob(row, 'body'),
        cursor: { admitted: own, own },
      };
    },
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
             WHERE share_stream.account = ?1
             -- check: pull-sid
             AND share_stream.share = ?2
             ) AS admitted
       JOIN leaf ON leaf.stream = admitted.key AND leaf.seq >
         CASE WHEN admitted.admitted > ?3 THEN 0 WHEN admitted.admitted = ?3 THEN ?4 ELSE ?3 END
       WHERE leaf.account = ?1
       ORDER BY effective, leaf.seq LIMIT ?5`,
    )
    .iterate(share.account, share.key, admitted, own, request.limit + 1);
  const itemOf = (row: Row): StoredItem => {
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
  };
  const side = db
    .sql(
      'SELECT seq, kind, bytes FROM side WHERE account = ? AND share = ? AND seq > ? AND kind IN (2, 3) ORDER BY seq',
    )
    .iterate(share.account, share.key, request.have.side);
  return fillPage(request, {
    deviceLog: (room) => readLog(db, share.account, 'device', request.have.deviceLog, room),
    grantLog: (room) => readGrantObjects(db, share.account, share.grant, request.have.grantLog, room),
    side,
    rows,
    itemOf,
  });
}

/**
 * The grants made to somebody, oldest first. Anybody can make them, as many and as large as fits an account, so where
 * `bytes` are used up only the Grant itself is given of those that follow, and at four times as much the list ends.
 */
export function readGrantsTo(db: Database, reader: AccountId, bytes: number): readonly GrantToMe[] {
  const given: GrantToMe[] = [];
  let size = 0;
  for (const row of db
    .sql('SELECT grant_id FROM share WHERE reader = ? ORDER BY key')
    .iterate(idToBytes(reader))) {
    if (size >= 4 * bytes) break;
    const share = readShareTo(db, reader, bytesToGrantId(blob(row, 'grant_id')));
    const [account] = share === null ? [] : readLog(db, share.account, 'device', 0, ONE).items;
    if (share === null || account === undefined) continue;
    const room = { rows: Infinity, bytes: Math.max(0, bytes - size) };
    const objects = readGrantObjects(db, share.account, share.grant, 0, room);
    size += account.length + objects.size;
    const { grant, owner } = share;
    given.push({ grant, owner, account, objects: objects.items, seq: lastSeq(db, share) });
  }
  return given;
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
type PageSource = {
  readonly deviceLog: (room: Room) => Taken<Bytes>;
  readonly grantLog: (room: Room) => Taken<Bytes>;
  readonly side: Iterable<Row>;
  readonly rows: Iterable<Row>;
  readonly itemOf: (row: Row) => StoredItem;
};

/** One after the other, as far as there is room: what says who wrote comes before what was written. */
function fillPage({ have, limit, sideRows, bytes }: PageRequest, source: PageSource): Page {
  let left = bytes;
  const fill = <Item>(taken: Taken<Item>): Taken<Item> => {
    left = Math.max(0, left - taken.size);
    return taken;
  };
  const deviceLog = fill(source.deviceLog({ rows: sideRows, bytes: left }));
  const grantLog = fill(source.grantLog({ rows: sideRows, bytes: left }));
  const side = fill(
    takeRows(source.side, { rows: sideRows, bytes: left }, sideRowOf, (row) => row.bytes.length),
  );
  const room = { rows: limit, bytes: left };
  const taken = takeRows(source.rows, room, source.itemOf, ({ body }) => body.length);
  return {
    items: taken.items,
    more: taken.cut || deviceLog.cut || grantLog.cut || side.cut,
    deviceLog: deviceLog.items,
    grantLog: grantLog.items,
    side: side.items,
    sideSeq: side.items.at(-1)?.seq ?? have.side,
  };
}

function sideRowOf(row: Row): Page['side'][number] {
  return { seq: int(row, 'seq'), kind: kindOf(int(row, 'kind')), bytes: blob(row, 'bytes') };
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
