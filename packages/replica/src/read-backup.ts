/**
 * Reading a backup file: whose diary it is, when it was made, and its entries, each verified as if a server had sent
 * it (docs/protocol.md, "Backup file"). A file that was changed is refused; an envelope that was damaged is left out
 * and counted. Nothing here keeps anything.
 */
import type { Version } from '@evenkeel/journal';
import {
  type AccountId,
  type Bytes,
  type DeviceId,
  type DeviceLog,
  type Envelope,
  type GrantLog,
  hash32Schema,
  originSchema,
  parseEnvelope,
  parseObject,
  replayDeviceLog,
  replayGrantLog,
  timeSchema,
  verifyObject,
  z,
} from '@evenkeel/protocol';
import { type Vault, wrapTypeOf } from '@evenkeel/vault';
import {
  type BackupLayout,
  type BackupSource,
  type LayoutFault,
  readEnvelopes,
  readLayout,
} from './backup-file.ts';
import { openVersions } from './sealed-version.ts';
import { breathe } from './serial.ts';
import { isSigned } from './verify-pull.ts';

/** What the device that made the file signed about it. */
export const backupSchema = z.strictObject({
  time: timeSchema,
  /** The server the diary was joined to then. */
  server: z.nullable(originSchema),
  envelopes: z.int().check(z.gte(0)),
  contents: hash32Schema,
});

/** What can open a backup: never a PIN, a passkey or no lock at all. */
export type BackupWay = 'passphrase' | 'recovery';

export type Backup = {
  readonly acct: AccountId;
  readonly deviceObjects: readonly Bytes[];
  readonly grantObjects: readonly Bytes[];
  readonly deviceLog: DeviceLog;
  readonly grantLog: GrantLog;
  readonly heads: readonly Bytes[];
  readonly wraps: ReadonlyMap<BackupWay, Bytes>;
  /** Milliseconds UTC, and the device that signed it. */
  readonly madeAt: number;
  readonly madeBy: DeviceId;
  readonly server: string | null;
  readonly envelopes: number;
  readonly bytes: number;
  readonly source: BackupSource;
  readonly layout: BackupLayout;
};

export type BackupFault = LayoutFault;
export type ReadBackup =
  | { readonly ok: true; readonly backup: Backup }
  | { readonly ok: false; readonly reason: BackupFault };

export type BackedUp = { readonly version: Version; readonly envelope: Envelope };

/** Whose it is and what it should hold. Its envelopes are read by `backedUpIn`. */
export async function readBackup(source: BackupSource): Promise<ReadBackup> {
  const read = await readLayout(source);
  if (!read.ok) return read;
  const { layout } = read;
  const { acct } = layout;
  const replayed = await replayDeviceLog(layout.deviceLog);
  if (!replayed.ok) return refused(replayed.reason);
  const deviceLog = replayed.log;
  if (deviceLog.acct !== acct) return refused('damaged');
  const grants = await replayGrantLog(acct, deviceLog.signPk, layout.grantLog);
  if (!grants.ok) return refused(grants.reason);
  const parsed = parseObject(layout.statement);
  if (!parsed.ok) return refused(parsed.reason);
  const { signer } = parsed.object;
  const device = signer === 'identity' ? undefined : deviceLog.devices.get(signer);
  if (signer === 'identity' || device === undefined) return refused('damaged');
  const expected = { type: 'backup', acct, signer, publicKey: device.signPk } as const;
  const stated = await verifyObject(layout.statement, expected, backupSchema);
  if (!stated.ok || stated.payload.contents !== layout.contents) return refused('damaged');
  return {
    ok: true,
    backup: {
      acct,
      deviceObjects: layout.deviceLog,
      grantObjects: layout.grantLog,
      deviceLog,
      grantLog: grants.log,
      heads: layout.heads,
      wraps: waysIn(layout.wraps),
      madeAt: stated.payload.time,
      madeBy: signer,
      server: stated.payload.server,
      envelopes: stated.payload.envelopes,
      bytes: source.size,
      source,
      layout,
    },
  };
}

/**
 * The versions of a backup, part by part, with a vault that is open for its account. What is not there in the end,
 * of `backup.envelopes`, could not be read.
 */
export async function* backedUpIn(backup: Backup, vault: Vault): AsyncGenerator<readonly BackedUp[]> {
  const { acct, deviceLog, grantLog } = backup;
  for (const section of backup.layout.envelopes) {
    const signed: Envelope[] = [];
    for (const bytes of await readEnvelopes(backup.source, section)) {
      const parsed = parseEnvelope(bytes);
      if (!parsed.ok) continue;
      const { envelope } = parsed;
      const device = deviceLog.devices.get(envelope.header.dev);
      if (device === undefined || envelope.header.epoch > grantLog.epoch) continue;
      if (await isSigned(acct, device, envelope)) signed.push(envelope);
    }
    const opened = await openVersions(vault, acct, signed);
    yield signed.flatMap((envelope, i) => {
      const one = opened[i];
      return one?.ok === true ? [{ version: one.version, envelope }] : [];
    });
    await breathe();
  }
}

function waysIn(wraps: readonly Bytes[]): ReadonlyMap<BackupWay, Bytes> {
  return new Map(
    wraps.flatMap((wrap) => {
      const type = wrapTypeOf(wrap);
      return type === 'passphrase' || type === 'recovery' ? [[type, wrap] as const] : [];
    }),
  );
}

function refused(reason: string): ReadBackup {
  return { ok: false, reason: reason === 'newer-app-needed' ? reason : 'damaged' };
}
