/**
 * Wakes devices when their moment has come. Rings are taken out of the store before they are sent, so a crash or a stop
 * loses some rather than sending them twice; what came due while the server was down is dropped, so a start is no storm.
 */
import type { Logger } from 'pino';
import { describeFault } from '../problem-handler.ts';
import type { DueRing, Store } from '../store/store.ts';
import { type PushOptions, type PushReach, sendPush } from './push-request.ts';

export type { PushReach };

export type Ringer = {
  /** Sends what is due now. Ends when every push service has answered. */
  readonly ringDue: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

const LOOK_EVERY_MS = 15_000;
/** A ring that is later than this is not sent. */
const LATEST_MS = 10 * 60_000;
const AT_ONCE = 16;

export function ringer(
  options: PushOptions & { readonly store: Store; readonly clock: () => number; readonly log: Logger },
): Ringer {
  let running: Promise<void> | null = null;
  let isStopping = false;
  const look = (): Promise<void> => {
    running ??= ringDue(options, () => isStopping)
      .catch((fault: unknown) => options.log.error(describeFault(fault), 'rings were not sent'))
      .finally(() => (running = null));
    return running;
  };
  const looking = setInterval(() => void look(), LOOK_EVERY_MS);
  looking.unref();
  return {
    ringDue: look,
    async stop() {
      isStopping = true;
      clearInterval(looking);
      await running;
    },
  };
}

async function ringDue(
  { store, clock, ...push }: PushOptions & { readonly store: Store; readonly clock: () => number },
  isStopping: () => boolean,
): Promise<void> {
  const now = clock();
  const due = [...(await store.takeDueRings(now, now - LATEST_MS))];
  const ringNext = async (): Promise<void> => {
    for (let ring = due.pop(); ring !== undefined && !isStopping(); ring = due.pop())
      await ringOne(store, ring, push);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, ringNext));
}

async function ringOne(store: Store, ring: DueRing, push: PushOptions): Promise<void> {
  // check: ring-plan-gone
  if ((await sendPush(ring.endpoint, push)) === 'gone') await store.dropRingPlan(ring);
}
