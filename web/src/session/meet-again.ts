/** Meeting a server again after it was out of reach. */
import type { Connection } from '@evenkeel/replica';

/** What answers in a server's place (the page of a train or a hotel) goes away once somebody has signed in there. */
export const ASK_AGAIN_MS = 30_000;

export type Meeting = {
  readonly subscribe: (listener: () => void) => unknown;
  readonly connection: () => Connection;
  readonly connect: () => Promise<unknown>;
};

/**
 * A try that failed is made again by itself, later and later: the network coming back (`online` of `network`) ends
 * the wait. After an answer that was not the server's nobody tries again by themselves, so this does.
 */
export function meetAgain({ subscribe, connection, connect }: Meeting, network: EventTarget = window): void {
  let asking: ReturnType<typeof setTimeout> | null = null;
  const meet = (): void => {
    if (connection().status === 'stopped') void connect().catch(() => undefined);
  };
  network.addEventListener('online', meet);
  subscribe(() => {
    const now = connection();
    if (asking !== null || now.status !== 'stopped' || now.reason !== 'not-a-server') return;
    asking = setTimeout(() => {
      asking = null;
      meet();
    }, ASK_AGAIN_MS);
  });
}
