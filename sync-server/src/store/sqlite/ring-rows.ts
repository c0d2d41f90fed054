/** Ring plans as rows: where each device is woken, and the moments still to come. */
import {
  type AccountId,
  type DeviceId,
  bytesToAccountId,
  bytesToDeviceId,
  idToBytes,
} from '@evenkeel/protocol';
import type { DueRing, Outcome, PushKeys, RingPlan } from '../store.ts';
import { keyOf } from './account-rows.ts';
import { blob, int, maybeText, text } from './columns.ts';
import type { Database } from './database.ts';

export function pushKeys(db: Database, make: () => PushKeys): PushKeys {
  const held = db.sql('SELECT public_key, private_key FROM push_key WHERE one = 1').get();
  if (held !== undefined)
    return { publicKey: text(held, 'public_key'), privateKey: text(held, 'private_key') };
  const made = make();
  db.sql('INSERT INTO push_key (one, public_key, private_key) VALUES (1, ?, ?)').run(
    made.publicKey,
    made.privateKey,
  );
  return made;
}

export function putRingPlan(
  db: Database,
  acct: AccountId,
  dev: DeviceId,
  { time, push }: RingPlan,
  now: number,
): Outcome {
  const key = keyOf(db, acct);
  const device = idToBytes(dev);
  const held = db.sql('SELECT signed FROM ring_plan WHERE account = ? AND dev = ?').get(key, device);
  // check: ring-plan-newer
  if (held !== undefined && int(held, 'signed') >= time)
    return { ok: false, problem: 'object-refused', detail: 'a newer plan stands' };
  db.sql('DELETE FROM ring WHERE account = ? AND dev = ?').run(key, device);
  db.sql(
    'INSERT INTO ring_plan (account, dev, signed, endpoint) VALUES (?, ?, ?, ?) ON CONFLICT (account, dev) DO UPDATE SET signed = excluded.signed, endpoint = excluded.endpoint',
  ).run(key, device, time, push?.endpoint ?? null);
  const insert = db.sql('INSERT INTO ring (account, dev, at) VALUES (?, ?, ?)');
  for (const at of push?.at ?? []) if (at > now) insert.run(key, device, at);
  return { ok: true };
}

export function readRings(db: Database, acct: AccountId, dev: DeviceId): readonly number[] | null {
  const key = keyOf(db, acct);
  const device = idToBytes(dev);
  const plan = db.sql('SELECT endpoint FROM ring_plan WHERE account = ? AND dev = ?').get(key, device);
  if (plan === undefined || maybeText(plan, 'endpoint') === null) return null;
  return db
    .sql('SELECT at FROM ring WHERE account = ? AND dev = ? ORDER BY at')
    .all(key, device)
    .map((row) => int(row, 'at'));
}

export function hasDue(db: Database, now: number): boolean {
  return db.sql('SELECT 1 FROM ring WHERE at <= ? LIMIT 1').get(now) !== undefined;
}

export function takeDueRings(db: Database, now: number, oldest: number): readonly DueRing[] {
  const due = db
    .sql(
      `SELECT DISTINCT account.acct, ring.dev, ring_plan.endpoint FROM ring
         JOIN ring_plan ON ring_plan.account = ring.account AND ring_plan.dev = ring.dev
         JOIN account ON account.key = ring.account
       WHERE ring.at <= ? AND ring.at > ? AND account.suspended = 0`,
    )
    .all(now, oldest)
    .flatMap((row) => {
      const endpoint = maybeText(row, 'endpoint');
      return endpoint === null
        ? []
        : [{ acct: bytesToAccountId(blob(row, 'acct')), dev: bytesToDeviceId(blob(row, 'dev')), endpoint }];
    });
  db.sql('DELETE FROM ring WHERE at <= ?').run(now);
  return due;
}

/** Leaves a plan alone that names another endpoint meanwhile. */
export function dropRingPlan(db: Database, { acct, dev, endpoint }: DueRing): void {
  const key = keyOf(db, acct);
  const device = idToBytes(dev);
  const { changes } = db
    .sql('UPDATE ring_plan SET endpoint = NULL WHERE account = ? AND dev = ? AND endpoint = ?')
    .run(key, device, endpoint);
  if (Number(changes) > 0) db.sql('DELETE FROM ring WHERE account = ? AND dev = ?').run(key, device);
}

/** Of a device that was revoked. */
export function forgetRings(db: Database, key: number, dev: Uint8Array): void {
  db.sql('DELETE FROM ring WHERE account = ? AND dev = ?').run(key, dev);
  db.sql('DELETE FROM ring_plan WHERE account = ? AND dev = ?').run(key, dev);
}
