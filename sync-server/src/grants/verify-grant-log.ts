/** Whether grant-log objects continue the log, and what each of them says. */
import {
  type Bytes,
  type GrantId,
  type GrantLog,
  type GrantState,
  appendToGrantLog,
  extendSchema,
  grantIdSchema,
  grantSchema,
  objectHash,
  parseObject,
  parsePayload,
  revokeSchema,
  z,
} from '@evenkeel/protocol';
import { type HashesAt, logFault, newObjects } from '../accounts/new-log-objects.ts';
import type { LogBatch, LogEntry } from '../envelopes/plan-draft.ts';
import { ProblemFound } from '../problem-handler.ts';
import type { AccountState, Store } from '../store/store.ts';
import type { GrantChange } from './plan-grant-log.ts';

export async function verifyGrantLog(
  store: Store,
  account: AccountState,
  hashesAt: HashesAt,
  objects: readonly Bytes[],
): Promise<LogBatch<GrantChange>> {
  const fresh = await newObjects(account, account.grantLog, hashesAt, objects);
  const log = await grantLogOf(store, account, fresh);
  return continueGrantLog(log, fresh);
}

export async function continueGrantLog(
  log: GrantLog,
  objects: readonly Bytes[],
): Promise<LogBatch<GrantChange>> {
  const entries: LogEntry<GrantChange>[] = [];
  let state = log;
  for (const bytes of objects) {
    const next = await appendToGrantLog(state, bytes);
    // check: grant-log-continues
    if (!next.ok) throw logFault(next.reason);
    state = next.log;
    entries.push({ seq: state.seq, hash: state.hash, bytes, change: grantChangeOf(bytes) });
  }
  return { after: { seq: log.seq, hash: log.hash }, entries };
}

/** The log with the grants that the new objects name: of the others nothing is asked. */
async function grantLogOf(store: Store, account: AccountState, objects: readonly Bytes[]): Promise<GrantLog> {
  const named = [...new Set(objects.flatMap(grantNamedBy))];
  const grants = new Map<GrantId, GrantState>();
  for (const [id, { state, object }] of await store.findGrants(account.acct, named)) {
    const parsed = parseObject(object);
    if (!parsed.ok) throw new ProblemFound('server-fault');
    const grant = read(parsed.object.payload, grantSchema);
    const revoked = state.revokedAt === null ? null : { time: state.revokedAt, epoch: account.epoch };
    grants.set(id, { grant, streams: new Map(), revoked, hash: objectHash(object) });
  }
  const { acct, signPk, epoch, grantLog } = account;
  return { acct, signPk, epoch, ...grantLog, grants };
}

const namingSchema = z.looseObject({ grant: grantIdSchema });

function grantNamedBy(bytes: Bytes): readonly GrantId[] {
  const parsed = parseObject(bytes);
  const payload = parsed.ok ? parsePayload(parsed.object.payload, namingSchema) : parsed;
  return payload.ok ? [payload.value.grant] : [];
}

function grantChangeOf(bytes: Bytes): GrantChange {
  const parsed = parseObject(bytes);
  if (!parsed.ok) throw new ProblemFound('object-refused', parsed.reason);
  const { type, payload } = parsed.object;
  switch (type) {
    case 'grant':
      return { kind: type, grant: read(payload, grantSchema) };
    case 'extend': {
      const { grant, streams } = read(payload, extendSchema);
      return { kind: type, grant, streams };
    }
    case 'revoke': {
      const { grant, epoch, time } = read(payload, revokeSchema);
      return { kind: type, grant, epoch, time };
    }
    default:
      throw new ProblemFound('object-refused', 'wrong-type');
  }
}

function read<Schema extends z.core.$ZodType>(payload: Bytes, schema: Schema): z.core.output<Schema> {
  const parsed = parsePayload(payload, schema);
  if (!parsed.ok) throw new ProblemFound('object-refused', parsed.reason);
  return parsed.value;
}
