/**
 * Which versions lie in this device's last backup: what "in your backup of 12 August" is said by. Read after the
 * first screen; until then nothing is said of backups.
 */
import { timeSchema, z } from '@evenkeel/protocol';
import type { DeviceStore } from '@evenkeel/replica';
import { createAnnouncer } from './opened.ts';

const factSchema = z.object({
  madeAt: timeSchema,
  bytes: z.int(),
  entries: z.int(),
  opensWith: z.array(z.enum(['passphrase', 'recovery'])),
  /** Where the device's store, its locks and its logs stood: what has moved on since has to be written again. */
  stood: z.object({
    mark: z.nullable(z.object({ id: z.string(), lwt: z.number() })),
    wraps: z.string(),
    objects: z.int(),
    /** Records held then: fewer now means that some were deleted. */
    records: z.optional(z.int()),
  }),
  /** By hand: a download, which the app cannot write again. */
  byHand: z.boolean(),
  /** The beginnings of the leaves of the versions in it, end to end. */
  leaves: z.string(),
});
export type BackupFact = z.infer<typeof factSchema>;

export type BackupBook = {
  /** Null while nothing was read, and where no backup was made. */
  readonly last: () => BackupFact | null;
  readonly holds: (leaf: string) => boolean;
  readonly load: () => Promise<void>;
  readonly keep: (made: Omit<BackupFact, 'leaves'>, leaves: readonly string[]) => Promise<void>;
  readonly subscribe: (listener: () => void) => () => void;
};

const FACT = 'backup';
/** 72 of a leaf's 256 bits tell one version of a diary from another. */
const LEAF_CHARACTERS = 12;

export function createBackupBook(store: DeviceStore): BackupBook {
  const { subscribe, announce } = createAnnouncer();
  let last: BackupFact | null = null;
  let held: ReadonlySet<string> = new Set();

  const become = (fact: BackupFact | null): void => {
    last = fact;
    held = new Set(fact?.leaves.match(new RegExp(`.{${LEAF_CHARACTERS}}`, 'g')));
    announce();
  };
  return {
    subscribe,
    last: () => last,
    holds: (leaf) => held.has(leaf.slice(0, LEAF_CHARACTERS)),
    async load() {
      const parsed = factSchema.safeParse(await store.readFact(FACT));
      if (parsed.success) become(parsed.data);
    },
    async keep(made, leaves) {
      const fact = { ...made, leaves: leaves.map((leaf) => leaf.slice(0, LEAF_CHARACTERS)).join('') };
      await store.keepFact(FACT, fact);
      become(fact);
    },
  };
}
