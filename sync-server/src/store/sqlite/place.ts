/**
 * Tells the database this server left from a copy put in its place. Beside the file lies a small one with the server
 * epoch and a count of starts and stops, which the database holds too. A backup that is put back brings an older count,
 * or finds no such file; then the database gets a new epoch, because what devices were told of the old one no longer
 * holds (docs/protocol.md, "Logs, leaves, heads"). A server that was moved with its whole folder keeps its epoch.
 */
import { chownSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import {
  STUB_BYTES,
  bytesToAccountId,
  bytesToServerEpoch,
  bytesToStreamId,
  chainNext,
  chainStart,
  idToBytes,
  leafOf,
  leafOfStub,
  parseEnvelope,
  parseStub,
  randomServerEpoch,
} from '@evenkeel/protocol';
import { WrongSetting } from '../../config.ts';
import { BrokenRow, blob, int } from './columns.ts';

/** An account whose owner has not been back since the database was put back: nobody else may read from it. */
export const OWNER_AWAITED = -1;

const placeFile = (file: string): string => `${file}.place`;

/** At the start, before anything is read. */
export function takePlace(raw: DatabaseSync, file: string): void {
  if (file === ':memory:') return;
  const turns = turnsOf(raw);
  const place = turns > 0 ? readPlace(file) : null;
  // One turn behind: cut off between the two last steps of `leavePlace`. No copy of the database can be ahead of what lies beside it.
  if (turns > 0 && place !== placeOf(raw, turns) && place !== placeOf(raw, turns - 1)) beginNewEpoch(raw);
  leavePlace(raw, file);
}

/**
 * At the start and at the stop: one more turn, in the database and beside it. What needs room on the disk comes first,
 * so that a full one leaves both as they were.
 */
export function leavePlace(raw: DatabaseSync, file: string): void {
  if (file === ':memory:') return;
  const turns = turnsOf(raw) + 1;
  const coming = `${placeFile(file)}.new`;
  writeFileSync(coming, placeOf(raw, turns), { mode: 0o600, flush: true });
  if (process.getuid?.() === 0) giveToOwnerOf(file, coming);
  raw.prepare('UPDATE server SET turns = ? WHERE one = 1').run(turns);
  renameSync(coming, placeFile(file));
}

/** Whoever runs a command as root must not lock out the server, which runs as somebody else. */
function giveToOwnerOf(file: string, coming: string): void {
  const { uid, gid } = statSync(file);
  chownSync(coming, uid, gid);
}

function placeOf(raw: DatabaseSync, turns: number): string {
  const row = raw.prepare('SELECT epoch FROM server WHERE one = 1').get();
  return `${bytesToServerEpoch(blob(row, 'epoch'))} ${turns}\n`;
}

function turnsOf(raw: DatabaseSync): number {
  return int(raw.prepare('SELECT turns FROM server WHERE one = 1').get(), 'turns');
}

/** Null where there is none. One that cannot be read says nothing about a backup, so it is told and not guessed at. */
function readPlace(file: string): string | null {
  try {
    return readFileSync(placeFile(file), 'utf8');
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return null;
    throw new WrongSetting(placeFile(file), 'no readable file', 'a file that this process may read');
  }
}

/**
 * Heads of the old epoch go, since each device's next one would not follow them. What may be used once (invitations,
 * letters) goes, since it may have been used. What others were granted waits for its owner, who may have stopped it.
 */
function beginNewEpoch(raw: DatabaseSync): void {
  const epoch = randomServerEpoch();
  raw.exec('BEGIN IMMEDIATE');
  try {
    raw.prepare('UPDATE server SET epoch = ? WHERE one = 1').run(idToBytes(epoch));
    raw.exec(`
      UPDATE account SET adopted = ${OWNER_AWAITED}, bytes = bytes -
        coalesce((SELECT sum(length(side.bytes)) FROM side WHERE side.account = account.key AND side.kind IN (1, 2)), 0);
      DELETE FROM side WHERE kind IN (1, 2);
      DELETE FROM letter;
      DELETE FROM invitation;
    `);
    const rechain = raw.prepare('UPDATE stream SET chain = ? WHERE key = ?');
    const streams = raw.prepare(
      'SELECT stream.key, stream.sid, account.acct FROM stream JOIN account ON account.key = stream.account',
    );
    for (const row of streams.all()) {
      let chain = chainStart(bytesToAccountId(blob(row, 'acct')), bytesToStreamId(blob(row, 'sid')), epoch);
      const key = int(row, 'key');
      const leaves = raw.prepare('SELECT body FROM leaf WHERE stream = ? ORDER BY n').iterate(key);
      for (const leaf of leaves) chain = chainNext(chain, leafOfBody(blob(leaf, 'body')));
      rechain.run(idToBytes(chain), key);
    }
    raw.exec('COMMIT');
  } catch (fault) {
    raw.exec('ROLLBACK');
    throw fault;
  }
}

function leafOfBody(body: Uint8Array) {
  if (body.length === STUB_BYTES) {
    const stub = parseStub(body);
    if (stub !== null) return leafOfStub(stub);
  }
  const parsed = parseEnvelope(body);
  if (!parsed.ok) throw new BrokenRow('body', 'envelope');
  return leafOf(parsed.envelope);
}
