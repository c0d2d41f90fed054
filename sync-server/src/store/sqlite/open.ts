/** The store on node:sqlite: one file, or `:memory:`. */
import { generateKeyPairSync } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import {
  type AccountId,
  type GrantId,
  bytesToPublicKey,
  bytesToServerEpoch,
  fromBase64url,
  idToBytes,
  randomServerEpoch,
} from '@evenkeel/protocol';
import type { Change, Decide, PushOutcome, Store } from '../store.ts';
import type { Draft, PlannedPush } from '../../envelopes/plan-draft.ts';
import {
  ONE,
  UnknownAccount,
  findAccount,
  keyOf,
  listAccounts,
  readGrantObjects,
  readLogHashes,
  readSeq,
  readShare,
  readShareTo,
} from './account-rows.ts';
import { believeTime, keepTime, lastTime } from './clock-rows.ts';
import { blob } from './columns.ts';
import { type Database, database, openFile, usedBytes } from './database.ts';
import type { Written } from './group-commit.ts';
import * as letters from './letter-rows.ts';
import { MIGRATIONS, schemaNumber } from './migrations.ts';
import { leavePlace, takePlace } from './place.ts';
import { readGrantsTo, readOwnPage, readTouchedShares } from './pull-rows.ts';
import { lookUp } from './push-rows.ts';
import { pullGrant } from './receipt-rows.ts';
import * as rings from './ring-rows.ts';
import { countAccounts, insertAccount, isAdmitted, lookUpRegistration } from './register-rows.ts';
import { applyDraft } from './write-rows.ts';

export type SqliteStore = Store & {
  /** Every SQL text in use, for the test that each one keeps to its account. */
  readonly texts: () => readonly string[];
  readonly commits: () => { readonly transactions: number; readonly writes: number };
};

/** Opens the file, brings its schema up to date, and makes the server's identity with a new database. */
export function openSqliteStore(file: string): SqliteStore {
  const raw = openFile(file);
  makeIdentity(raw);
  takePlace(raw, file);
  const db = database(raw, readIdentity(raw));
  const { write } = db.commits;
  return {
    serverEpoch: db.serverEpoch,
    serverKey: db.serverKey,
    texts: db.texts,
    commits: db.commits.stats,

    countAccounts: async () => countAccounts(db),
    usedBytes: async () => usedBytes(raw),
    addInvitation: (codeHash, expires) =>
      write(
        () =>
          void db
            .sql('INSERT INTO invitation (code, expires, used) VALUES (?, ?, 0)')
            .run(idToBytes(codeHash), expires),
      ),
    admits: async (admission, now) => isAdmitted(db, admission, now),
    findAccount: async (acct) => findAccount(db, acct)?.account ?? null,
    register: (registration, decide) =>
      write((written) => {
        const planned = decide.plan(lookUpRegistration(db, registration));
        if (!planned.ok) return planned;
        return finish(db, insertAccount(db, registration), 0, planned, decide, written);
      }),
    suspend: (acct, suspended) =>
      write(
        () =>
          void db
            .sql('UPDATE account SET suspended = ? WHERE key = ?')
            .run(suspended ? 1 : 0, keyOf(db, acct)),
      ),
    listAccounts: async () => listAccounts(db),

    logHashes: async (acct, log, seqs) => readLogHashes(db, keyOf(db, acct), log, seqs),
    findGrants: async (acct, grants) => findGrants(db, acct, grants),
    findGrantTo: async (reader, grant) => readShareTo(db, reader, grant),

    push: (acct, offered, decide) =>
      write((written) => {
        const found = findAccount(db, acct);
        if (found === null) throw new UnknownAccount();
        const { key, account } = found;
        const planned = decide.plan(lookUp(db, key, account, offered, decide.now));
        return planned.ok ? finish(db, key, account.seq, planned, decide, written) : planned;
      }),
    pullOwn: async (acct, request) => readOwnPage(db, keyOf(db, acct), request),
    pullGrant: (grant, receipt, request, at) =>
      write((written) => pullGrant(db, grant, receipt, request, at, written)),
    grantObjects: async (reader, grant, have, room) => {
      const share = readShareTo(db, reader, grant);
      return share === null ? [] : readGrantObjects(db, share.account, grant, have, room).items;
    },
    grantsTo: async (reader, bytes) => readGrantsTo(db, reader, bytes),

    putLetter: (letter, limits, now) => write(() => letters.putLetter(db, letter, limits, now)),
    withdrawLetter: (acct, id) =>
      write((written) => {
        written.erased = true;
        letters.withdrawLetter(db, acct, id);
      }),
    takeLetter: (id, now) =>
      write((written) => {
        written.erased = true;
        return letters.takeLetter(db, id, now);
      }),
    putReply: (id, letter, now) =>
      write((written) => {
        const { outcome, owner } = letters.putReply(db, id, letter, now);
        if (outcome === 'kept' && owner !== null) {
          written.notices.push({
            acct: owner,
            seq: readSeq(db, keyOf(db, owner)),
            grants: [],
            revokedDevices: [],
          });
        }
        return outcome;
      }),
    takeReply: (acct, id, now) =>
      write((written) => {
        written.erased = true;
        return letters.takeReply(db, acct, id, now);
      }),
    putRecovery: (acct, id, wrap, signed) =>
      write((written) => {
        written.erased = true;
        return letters.putRecovery(db, acct, id, wrap, signed);
      }),
    findRecovery: async (id) => letters.findRecovery(db, id),

    pushKeys: (make) => write(() => rings.pushKeys(db, make)),
    putRingPlan: (acct, dev, plan, now) =>
      write((written) => {
        written.erased = true;
        return rings.putRingPlan(db, acct, dev, plan, now);
      }),
    ringsOf: async (acct, dev) => rings.readRings(db, acct, dev),
    takeDueRings: (now, oldest) =>
      rings.hasDue(db, now) ? write(() => rings.takeDueRings(db, now, oldest)) : Promise.resolve([]),
    dropRingPlan: (ring) =>
      write((written) => {
        written.erased = true;
        rings.dropRingPlan(db, ring);
      }),

    onChange: (listener) => {
      db.listeners.add(listener);
      return () => db.listeners.delete(listener);
    },
    lastTime: async () => lastTime(db),
    believeTime: (now) => write(() => believeTime(db, now)),
    sweep: (now) =>
      write((written) => {
        written.erased = true;
        keepTime(db, now);
        letters.sweepLetters(db, now);
      }),
    check: (now) =>
      write(() => {
        db.sql('UPDATE server SET checked = ? WHERE one = 1').run(now);
        if (schemaNumber(raw) !== MIGRATIONS.length)
          throw new Error('the schema is not the one this server made');
      }),
    settleErasures: db.settleErasures,
    async close() {
      await db.commits.drain();
      try {
        if (raw.isOpen) leavePlace(raw, file);
      } finally {
        await db.close();
      }
    },
  };
}

function finish(
  db: Database,
  key: number,
  before: number,
  planned: Extract<PlannedPush, { readonly ok: true }>,
  { now, headsKept }: Decide<never>,
  written: Written<Change>,
): PushOutcome {
  const { draft, envelopes } = planned;
  if (draft.seq > before) {
    written.erased ||= applyDraft(db, key, draft, { headsKept });
    written.notices.push({
      acct: draft.acct,
      seq: draft.seq,
      grants: touchedGrants(db, key, draft, now),
      revokedDevices: draft.effects.revokedDevices,
    });
  }
  return { ok: true, envelopes, seq: draft.seq };
}

/** Whose live streams are told: readers of the streams written, of the grants named, of all when devices change. */
function touchedGrants(db: Database, key: number, { effects, grants }: Draft, now: number): Change['grants'] {
  const sids = effects.deviceLog.length > 0 ? 'all' : effects.streams.keys();
  const touched = readTouchedShares(db, key, sids, now);
  const named = [
    ...effects.grantLog.map(({ entry }) =>
      entry.change.kind === 'grant' ? entry.change.grant.grant : entry.change.grant,
    ),
    ...[...effects.packs, ...effects.heads].flatMap(({ side }) => (side.kind === 'head' ? [] : [side.grant])),
  ];
  for (const grant of named) {
    const known = grants.get(grant);
    if (known !== undefined) touched.set(grant, known.to);
  }
  return [...touched].map(([grant, to]) => ({ grant, to }));
}

function findGrants(db: Database, acct: AccountId, grants: readonly GrantId[]) {
  const key = keyOf(db, acct);
  return new Map(
    grants.flatMap((grant) => {
      const state = readShare(db, key, grant);
      const [object] = state === null ? [] : readGrantObjects(db, key, grant, 0, ONE).items;
      return state === null || object === undefined ? [] : [[grant, { state, object }] as const];
    }),
  );
}

/** Made once, with the database. */
function makeIdentity(raw: DatabaseSync): void {
  if (raw.prepare('SELECT 1 FROM server WHERE one = 1').get() !== undefined) return;
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const signPk = fromBase64url(publicKey.export({ format: 'jwk' }).x ?? '') ?? new Uint8Array();
  raw
    .prepare('INSERT INTO server (one, epoch, sign_pk, sign_sk, checked) VALUES (1, ?, ?, ?, 0)')
    .run(idToBytes(randomServerEpoch()), signPk, privateKey.export({ format: 'der', type: 'pkcs8' }));
}

/** The epoch names this life of the database; clients notice when another stands in its place. */
function readIdentity(raw: DatabaseSync) {
  const row = raw.prepare('SELECT epoch, sign_pk FROM server WHERE one = 1').get();
  return {
    serverEpoch: bytesToServerEpoch(blob(row, 'epoch')),
    serverKey: bytesToPublicKey(blob(row, 'sign_pk')),
  };
}
