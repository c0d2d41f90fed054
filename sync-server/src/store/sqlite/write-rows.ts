/** What the plan of a push says, written as rows. All of it runs inside one transaction. */
import { type StreamId, idToBytes } from '@evenkeel/protocol';
import type { Draft } from '../../envelopes/plan-draft.ts';
import { type VerifiedSide, sideName } from '../../grants/plan-side.ts';
import { readShare } from './account-rows.ts';
import { BrokenRow, int } from './columns.ts';
import type { Database } from './database.ts';
import { OWNER_AWAITED } from './place.ts';
import { SIDE } from './push-rows.ts';
import { forgetRings } from './ring-rows.ts';

/** Writes what the plan says. Returns whether something was erased. */
export function applyDraft(
  db: Database,
  key: number,
  draft: Draft,
  limits: { readonly headsKept: number },
): boolean {
  const { effects } = draft;
  const freedByRevoking = writeLogs(db, key, draft);
  for (const { seq, side } of effects.packs) writeSide(db, key, seq, side);
  writeLeaves(db, key, draft);
  for (const { seq, side } of effects.heads) writeSide(db, key, seq, side);
  const freed =
    freedByRevoking +
    forgetOldHeads(
      db,
      key,
      effects.heads.map(({ side }) => side),
      limits.headsKept,
    );
  db.sql(
    `UPDATE account SET epoch = ?, min_suite = ?, device_seq = ?, device_hash = ?, grant_seq = ?, grant_hash = ?,
       seq = ?, bytes = ?, streams = ?, adopted = max(adopted, ?) WHERE key = ?`,
  ).run(
    draft.epoch,
    draft.minSuite,
    draft.deviceLog.seq,
    idToBytes(draft.deviceLog.hash),
    draft.grantLog.seq,
    idToBytes(draft.grantLog.hash),
    draft.seq,
    draft.bytes - freed,
    draft.streams,
    draft.adopted ? 1 : OWNER_AWAITED,
    key,
  );
  return effects.erasures.length > 0 || freedByRevoking > 0;
}

/** Returns the bytes that went with ended grants. */
function writeLogs(db: Database, key: number, { effects }: Draft): number {
  let freed = 0;
  const insert = db.sql(
    'INSERT INTO log_object (account, log, n, seq, grant_id, hash, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  for (const { seq, entry } of effects.deviceLog) {
    const { change } = entry;
    insert.run(key, 1, entry.seq, seq, null, idToBytes(entry.hash), entry.bytes);
    if (change.kind === 'device-cert') {
      db.sql('INSERT INTO device (account, dev, sign_pk, added) VALUES (?, ?, ?, ?)').run(
        key,
        idToBytes(change.dev),
        idToBytes(change.signPk),
        change.time,
      );
    }
    if (change.kind === 'device-revoke') {
      db.sql('UPDATE device SET revoked = ?, cut = ? WHERE account = ? AND dev = ?').run(
        change.time,
        idToBytes(change.cut),
        key,
        idToBytes(change.dev),
      );
      forgetRings(db, key, idToBytes(change.dev));
    }
  }
  for (const { seq, entry } of effects.grantLog) {
    const { change } = entry;
    const grant = change.kind === 'grant' ? change.grant.grant : change.grant;
    insert.run(key, 2, entry.seq, seq, idToBytes(grant), idToBytes(entry.hash), entry.bytes);
    if (change.kind === 'grant') {
      db.sql(
        'INSERT INTO share (account, grant_id, reader, not_before, expires, seq) VALUES (?, ?, ?, ?, ?, ?)',
      ).run(
        key,
        idToBytes(grant),
        idToBytes(change.grant.to),
        change.grant.notBefore,
        change.grant.expires,
        seq,
      );
    }
    const share = readShare(db, key, grant);
    if (share === null) throw new BrokenRow('grant_id', 'grant of this account');
    db.sql('UPDATE share SET seq = ? WHERE account = ? AND key = ?').run(seq, key, share.key);
    if (change.kind === 'revoke') freed += endShare(db, key, share.key, change.time);
    else
      admitStreams(db, key, share.key, seq, change.kind === 'grant' ? change.grant.streams : change.streams);
  }
  return freed;
}

/** What was sealed for the grantee is of no more use to anybody, so it goes. */
function endShare(db: Database, key: number, share: number, time: number): number {
  db.sql('UPDATE share SET revoked = ? WHERE account = ? AND key = ?').run(time, key, share);
  const rows = db
    .sql(
      'DELETE FROM side WHERE account = ? AND share = ? AND kind IN (2, 3) RETURNING length(bytes) AS size',
    )
    .all(key, share);
  return rows.reduce((sum, row) => sum + int(row, 'size'), 0);
}

/** A stream to which something new is admitted is served again from its start: all of it takes this sequence. */
function admitStreams(
  db: Database,
  key: number,
  share: number,
  seq: number,
  streams: readonly { readonly sid: StreamId; readonly kids: readonly string[] | null }[],
): void {
  for (const { sid, kids } of streams) {
    const sidBytes = idToBytes(sid);
    let isNew = false;
    for (const kid of kids ?? []) {
      const { changes } = db
        .sql('INSERT OR IGNORE INTO share_kid (account, share, sid, kid) VALUES (?, ?, ?, ?)')
        .run(key, share, sidBytes, idToBytes(kid));
      isNew ||= changes > 0;
    }
    if (kids === null) {
      db.sql(
        `INSERT INTO share_stream (account, share, sid, admitted, whole) VALUES (?, ?, ?, ?, 1)
         ON CONFLICT (share, sid) DO UPDATE SET admitted = excluded.admitted, whole = 1 WHERE whole = 0`,
      ).run(key, share, sidBytes, seq);
    } else if (isNew) {
      db.sql(
        `INSERT INTO share_stream (account, share, sid, admitted, whole) VALUES (?, ?, ?, ?, 0)
         ON CONFLICT (share, sid) DO UPDATE SET admitted = excluded.admitted WHERE whole = 0`,
      ).run(key, share, sidBytes, seq);
    }
  }
}

function writeLeaves(db: Database, key: number, { effects }: Draft): void {
  const streamKeys = new Map<StreamId, number>();
  for (const [sid, { n, chain, seq, isNew }] of effects.streams) {
    const text = isNew
      ? 'INSERT INTO stream (n, chain, seq, account, sid) VALUES (?, ?, ?, ?, ?) RETURNING key'
      : 'UPDATE stream SET n = ?, chain = ?, seq = ? WHERE account = ? AND sid = ? RETURNING key';
    streamKeys.set(sid, int(db.sql(text).get(n, idToBytes(chain), seq, key, idToBytes(sid)), 'key'));
  }
  const insert = db.sql('INSERT INTO leaf (account, seq, stream, n, body) VALUES (?, ?, ?, ?, ?)');
  for (const leaf of effects.leaves)
    insert.run(key, leaf.seq, streamKeys.get(leaf.sid) ?? -1, leaf.n, leaf.body);
  const point = db.sql(
    'INSERT INTO record (account, rec, seq) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET seq = excluded.seq',
  );
  for (const [rec, seq] of effects.current) point.run(key, idToBytes(rec), seq);
  for (const { seq, stub } of effects.erasures)
    db.sql('UPDATE leaf SET body = ? WHERE account = ? AND seq = ?').run(stub, key, seq);
  for (const leaf of effects.oldLeaves) {
    db.sql('INSERT OR IGNORE INTO old_leaf (account, leaf) VALUES (?, ?)').run(key, idToBytes(leaf));
  }
}

function writeSide(db: Database, key: number, seq: number, side: VerifiedSide): void {
  const share = side.kind === 'head' ? null : (readShare(db, key, side.grant)?.key ?? -1);
  db.sql(
    'INSERT INTO side (account, seq, kind, share, dev, n, whole, pack, hash, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  ).run(
    key,
    seq,
    SIDE[side.kind],
    share,
    idToBytes(side.dev),
    side.kind === 'pack' ? null : side.seq,
    side.kind === 'head' && side.full ? 1 : 0,
    side.kind === 'pack' ? idToBytes(side.packId) : null,
    idToBytes(side.hash),
    side.bytes,
  );
}

/** Keeps the last `kept` of each chain, the last full head, and for ever those that a removal names. Returns the bytes that went. */
function forgetOldHeads(db: Database, key: number, sides: readonly VerifiedSide[], kept: number): number {
  let freed = 0;
  for (const side of new Map(sides.map((one) => [sideName(one), one])).values()) {
    if (side.kind === 'pack') continue;
    const share = side.kind === 'head' ? null : (readShare(db, key, side.grant)?.key ?? -1);
    const rows = db
      .sql(
        `DELETE FROM side WHERE account = ?1 AND kind = ?2 AND share IS ?3 AND dev = ?4 AND n <= ?5
           AND n <> coalesce((SELECT max(n) FROM side WHERE account = ?1 AND kind = ?2 AND share IS ?3 AND dev = ?4 AND whole = 1), -1)
           AND hash NOT IN (SELECT cut FROM device WHERE account = ?1 AND cut IS NOT NULL)
         RETURNING length(bytes) AS size`,
      )
      .all(key, SIDE[side.kind], share, idToBytes(side.dev), side.seq - kept);
    freed += rows.reduce((sum, row) => sum + int(row, 'size'), 0);
  }
  return freed;
}
