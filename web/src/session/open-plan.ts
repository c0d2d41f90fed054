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
  let written: ReturnType<Diary['plan']> | null = null;
  let writing: Promise<void> = Promise.resolve();

  const become = (on: boolean): void => {
    isOn = on;
    announce();
  };
  const write = (): Promise<void> => {
    const now = isOn ? plan() : null;
    if (now === written) return writing;
    written = now;
    const lines = now?.map(({ id, text, phone }) => ({ id, text, ...(phone !== undefined && { phone }) }));
    // One after the other: what was taken back must not be written after that.
    writing = writing.catch(() => undefined).then(() => store.keepFact(FACT, lines ?? null));
    return writing;
  };
  void store.readFact(FACT).then((kept) => {
    if (planSchema.safeParse(kept).success) become(true);
  });
  return {
    subscribe,
    isPlanOpen: () => isOn,
    async openPlan(on) {
      become(on);
      await write();
    },
    planMayHaveChanged: () => {
      if (isOn) write().catch(() => undefined);
    },
  };
}
