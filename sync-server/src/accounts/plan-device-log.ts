/** What device-log objects change: which devices write for the account (docs/protocol.md, "Logs, leaves, heads"). */
import type { DeviceId, Hash32, PublicKey, ServerEpoch } from '@evenkeel/protocol';
import {
  type Draft,
  type LogBatch,
  type PlanFault,
  type PushContext,
  nextSeq,
} from '../envelopes/plan-draft.ts';

export type DeviceChange =
  | { readonly kind: 'account' }
  | {
      readonly kind: 'device-cert';
      readonly dev: DeviceId;
      readonly signPk: PublicKey;
      readonly time: number;
    }
  | { readonly kind: 'device-revoke'; readonly dev: DeviceId; readonly time: number; readonly cut: Hash32 }
  | { readonly kind: 'min-suite'; readonly suite: number }
  | { readonly kind: 'epoch-accept'; readonly serverEpoch: ServerEpoch };

/** The objects verified as the continuation of `batch.after`; meanwhile another device may have been first. */
export function planDeviceLog(
  draft: Draft,
  batch: LogBatch<DeviceChange>,
  context: PushContext,
): PlanFault | null {
  // check: device-log-tip
  if (batch.after.hash !== draft.deviceLog.hash) return { problem: 'log-moved', detail: 'device log' };
  for (const entry of batch.entries) {
    apply(draft, entry.change, context);
    draft.deviceLog = { seq: entry.seq, hash: entry.hash };
    draft.bytes += entry.bytes.length;
    draft.effects.deviceLog.push({ seq: nextSeq(draft), entry });
  }
  const active = [...draft.devices.values()].filter((device) => device.revoked === null).length;
  // check: device-count
  if (active > context.limits.devices) return { problem: 'quota-exceeded', detail: 'devices' };
  const widens = batch.entries.some(({ change }) => change.kind !== 'device-revoke');
  // check: device-log-length
  if (widens && draft.deviceLog.seq >= context.limits.deviceLogObjects) {
    return { problem: 'quota-exceeded', detail: 'device log' };
  }
  return null;
}

function apply(draft: Draft, change: DeviceChange, { serverEpoch }: PushContext): void {
  switch (change.kind) {
    case 'account':
      return;
    case 'device-cert':
      draft.devices.set(change.dev, { signPk: change.signPk, addedAt: change.time, revoked: null });
      return;
    case 'device-revoke': {
      const device = draft.devices.get(change.dev);
      if (device === undefined) return;
      draft.devices.set(change.dev, { ...device, revoked: { time: change.time, cut: change.cut } });
      draft.effects.revokedDevices.push(change.dev);
      return;
    }
    case 'min-suite':
      draft.minSuite = change.suite;
      return;
    case 'epoch-accept':
      draft.adopted ||= change.serverEpoch === serverEpoch;
      return;
  }
}
