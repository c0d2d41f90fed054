/**
 * Writing a backup file: what lies sealed in this device's store goes out as it is, a part at a time, so that the
 * page answers in between. What is written meanwhile comes at the end, and the newer version of a record counts.
 */
import { type Bytes, leafOf, parseEnvelope } from '@evenkeel/protocol';
import type { Holder, Vault } from '@evenkeel/vault';
import { startBackupFile } from './backup-file.ts';
import type { DeviceStore } from './device-store.ts';
import type { StoreMark } from './envelopes.ts';
import type { BackupWay } from './read-backup.ts';
import { ReplicaFault } from './reasons.ts';
import type { Replica } from './replica.ts';
import { breathe } from './serial.ts';

export type MadeBackup = {
  readonly madeAt: number;
  readonly bytes: number;
  /** Leaves of the versions in it. */
  readonly leaves: readonly string[];
  readonly opensWith: readonly BackupWay[];
  /** Up to where in the store's own order: nothing after it, nothing to write again. */
  readonly mark: StoreMark | null;
};

/** About 150 kB of envelopes: a few milliseconds of work. */
const ENVELOPES_AT_ONCE = 200;

/**
 * Hands the file to `write` in order, part by part. Null, and nothing written, where neither a kit nor a passphrase
 * could open it again.
 */
export async function writeBackup(
  parts: {
    readonly replica: Replica;
    readonly store: DeviceStore;
    readonly vault: Vault;
    readonly holder: Holder;
    readonly now: () => number;
  },
  write: (bytes: Bytes) => Promise<void>,
  onProgress: (done: number) => void = () => undefined,
): Promise<MadeBackup | null> {
  const { replica, store, vault } = parts;
  const wraps = (await store.wraps()).flatMap(({ type, wrap }) =>
    type === 'passphrase' || type === 'recovery' ? [{ type, wrap }] : [],
  );
  if (wraps.length === 0) return null;
  await replica.opened;
  const madeAt = parts.now();
  const file = startBackupFile(parts.holder.acct);
  let bytes = 0;
  const put = async (part: Bytes): Promise<void> => {
    await write(part);
    bytes += part.length;
    await breathe();
  };
  await put(file.head);
  await put(file.section('deviceLog', await replica.logs.deviceObjects()));
  await put(file.section('grantLog', await replica.logs.grantObjects()));
  await put(file.section('heads', await replica.logs.heads()));
  await put(
    file.section(
      'wraps',
      wraps.map(({ wrap }) => wrap),
    ),
  );
  const leaves: string[] = [];
  let part = await replica.sealedSince(null, ENVELOPES_AT_ONCE);
  while (part.envelopes.length > 0) {
    await put(file.section('envelopes', part.envelopes));
    for (const sealed of part.envelopes) {
      const parsed = parseEnvelope(sealed);
      if (parsed.ok) leaves.push(leafOf(parsed.envelope));
    }
    onProgress(leaves.length);
    part = await replica.sealedSince(part.mark, ENVELOPES_AT_ONCE);
  }
  const payload = {
    time: madeAt,
    server: (await store.server())?.origin ?? null,
    envelopes: leaves.length,
    contents: file.contents(),
  };
  const [statement] = await vault.sign([{ type: 'backup', signer: 'device', payload }]);
  if (statement === undefined) throw new ReplicaFault('unsigned', 'the vault gave no signature');
  await put(file.section('statement', [statement]));
  return { madeAt, bytes, leaves, opensWith: wraps.map(({ type }) => type), mark: part.mark };
}
