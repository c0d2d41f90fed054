/** Whether device-log objects continue the log, and what each of them says. */
import {
  type Bytes,
  type DeviceLog,
  type DeviceState,
  appendToDeviceLog,
  deviceCertSchema,
  deviceRevokeSchema,
  epochAcceptSchema,
  minSuiteSchema,
  parseObject,
  parsePayload,
  type DeviceId,
  type z,
} from '@evenkeel/protocol';
import type { LogBatch, LogEntry } from '../envelopes/plan-draft.ts';
import { ProblemFound } from '../problem-handler.ts';
import type { AccountState } from '../store/store.ts';
import type { DeviceChange } from './plan-device-log.ts';
import { type HashesAt, logFault, newObjects } from './new-log-objects.ts';

export async function verifyDeviceLog(
  account: AccountState,
  hashesAt: HashesAt,
  objects: readonly Bytes[],
): Promise<LogBatch<DeviceChange>> {
  const fresh = await newObjects(account, account.deviceLog, hashesAt, objects);
  return continueDeviceLog(deviceLogOf(account), fresh);
}

export async function continueDeviceLog(
  log: DeviceLog,
  objects: readonly Bytes[],
): Promise<LogBatch<DeviceChange>> {
  const entries: LogEntry<DeviceChange>[] = [];
  let state = log;
  for (const bytes of objects) {
    const next = await appendToDeviceLog(state, bytes);
    // check: device-log-continues
    if (!next.ok) throw logFault(next.reason);
    state = next.log;
    entries.push({ seq: state.seq, hash: state.hash, bytes, change: deviceChangeOf(bytes) });
  }
  return { after: { seq: log.seq, hash: log.hash }, entries };
}

/** The log as the protocol replays it; what only the owner can read is of no use here. */
function deviceLogOf(account: AccountState): DeviceLog {
  const devices = new Map<DeviceId, DeviceState>();
  for (const [dev, { signPk, addedAt, revoked }] of account.devices)
    devices.set(dev, { signPk, addedAt, sealedName: '', revoked });
  const { acct, signPk, boxPk, minSuite, deviceLog } = account;
  return { acct, signPk, boxPk, minSuite, ...deviceLog, devices, epochAccepts: [] };
}

function deviceChangeOf(bytes: Bytes): DeviceChange {
  const parsed = parseObject(bytes);
  if (!parsed.ok) throw new ProblemFound('object-refused', parsed.reason);
  const { type, payload } = parsed.object;
  switch (type) {
    case 'device-cert': {
      const { dev, signPk, time } = read(payload, deviceCertSchema);
      return { kind: type, dev, signPk, time };
    }
    case 'device-revoke': {
      const { dev, time, cut } = read(payload, deviceRevokeSchema);
      return { kind: type, dev, time, cut };
    }
    case 'min-suite':
      return { kind: type, suite: read(payload, minSuiteSchema).suite };
    case 'epoch-accept':
      return { kind: type, serverEpoch: read(payload, epochAcceptSchema).serverEpoch };
    default:
      throw new ProblemFound('object-refused', 'wrong-type');
  }
}

function read<Schema extends z.core.$ZodType>(payload: Bytes, schema: Schema): z.core.output<Schema> {
  const parsed = parsePayload(payload, schema);
  if (!parsed.ok) throw new ProblemFound('object-refused', parsed.reason);
  return parsed.value;
}
