/**
 * The safety plan where a person wants it readable on Help now while the diary is locked: not sealed, on this device
 * alone, and by their word only. It follows the plan for as long as that stands.
 */
import { z } from '@evenkeel/protocol';
import type { DeviceStore } from '@evenkeel/replica';
import type { Diary, OpenPlanLine } from './contract.ts';
import { createAnnouncer } from './opened.ts';

const FACT = 'plan-in-the-open';
const planSchema = z.array(
  z.object({ id: z.string(), text: z.string(), phone: z.exactOptional(z.string()) }),
);

/** Empty unless the person wanted it so. */
export async function readOpenPlan(store: DeviceStore): Promise<readonly OpenPlanLine[]> {
  const parsed = planSchema.safeParse(await store.readFact(FACT));
  return parsed.success ? parsed.data : [];
}

export type OpenPlanKeeper = Pick<Diary, 'isPlanOpen' | 'openPlan'> & {
  readonly subscribe: (listener: () => void) => () => void;
  /** After each change of the diary. */
  readonly planMayHaveChanged: () => void;
};

export function keepOpenPlan(store: DeviceStore, plan: Diary['plan']): OpenPlanKeeper {
  const { subscribe, announce } = createAnnouncer();
  let isOn = false;
  /** The plan that lies in the open, null for none; undefined while it is not known. */
  let written: ReturnType<Diary['plan']> | null | undefined;
  let writing: Promise<void> = Promise.resolve();

  const become = (on: boolean): void => {
    if (isOn === on) return;
    isOn = on;
    announce();
  };
  const put = async (lines: ReturnType<Diary['plan']> | null): Promise<void> => {
    const open = lines?.map(({ id, text, phone }) => ({ id, text, ...(phone !== undefined && { phone }) }));
    await store.keepFact(FACT, open ?? null);
  };
  /** Another window may have taken it back: then nothing is put there again. */
  const putWhereStillOpen = (lines: ReturnType<Diary['plan']>): Promise<void> =>
    store.db.transaction('rw', store.tables.facts, async () => {
      if (planSchema.safeParse(await store.readFact(FACT)).success) return put(lines);
      written = null;
      become(false);
    });
  const write = (how: typeof put | typeof putWhereStillOpen): Promise<void> => {
    const now = isOn ? plan() : null;
    if (now === written) return writing;
    written = now;
    // One after the other: what was taken back must not be written after that.
    writing = writing
      .catch(() => undefined)
      .then(() => (now === null ? put(null) : how(now)))
      .catch((fault: unknown) => {
        written = undefined;
        throw fault;
      });
    return writing;
  };
  void store
    .readFact(FACT)
    .then((kept) => {
      if (planSchema.safeParse(kept).success) become(true);
    })
    .catch(() => undefined);
  return {
    subscribe,
    isPlanOpen: () => isOn,
    async openPlan(on) {
      become(on);
      await write(put);
    },
    planMayHaveChanged: () => {
      if (isOn) write(putWhereStillOpen).catch(() => undefined);
    },
  };
}
