/** This device's sealed copy of a diary, and of what others shared with it. */
export { type BackupSource, blobSource } from './backup-file.ts';
export * from './device-store.ts';
export * from './inbox.ts';
export * from './new-device.ts';
export * from './own-databases.ts';
export * from './read-backup.ts';
export * from './reasons.ts';
export * from './replica.ts';
export { type RestoreOutcome, clearLeftovers, restoreBackup } from './restore-backup.ts';
export type {
  DayOfMoments,
  DayRange,
  HeldMoment,
  HeldRecord,
  IndexSnapshot,
  RecordIndex,
} from './record-index.ts';
export { type OpenReplicaOptions, openReplica } from './open-replica.ts';
export {
  type Answer,
  type ClientOptions,
  type Recovery,
  type ServerClient,
  createClient,
  readRecovery,
  readServerInfo,
} from './server-client.ts';
export { type OpenSharedOptions, openShared } from './open-shared.ts';
export * from './shared.ts';
export * from './storage-health.ts';
export { type MadeBackup, writeBackup } from './write-backup.ts';
