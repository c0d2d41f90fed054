/** A server, a liar in front of it, a clock, and an account the liar made for itself. */
import type { Bytes } from '@evenkeel/protocol';
import { type RunningServer, startServer } from '@evenkeel/sync-server';
import type { Noticed, Scene } from '../attacks/attack.ts';
import { type HandWoundClock, handWoundClock } from '../clock.ts';
import { type EvilServer, startEvilServer } from '../evil-server.ts';
import { openScene } from '../scene.ts';
import type { ServerPlace } from '../somebody.ts';

export type World = AsyncDisposable & {
  readonly clock: HandWoundClock;
  readonly server: RunningServer;
  readonly evil: EvilServer;
  /** The real server, asked directly. */
  readonly honest: ServerPlace;
  /** The same server through the liar. */
  readonly lying: ServerPlace;
  readonly scene: (ownObjects: readonly Bytes[]) => Promise<Scene>;
};

/** One journey, prepared up to the point where the lie is told. */
export type Journey = AsyncDisposable & {
  readonly world: World;
  readonly scene: Scene;
  /** Does the thing, and returns every word the client has for what it met; none when it noticed nothing. */
  readonly act: () => Promise<readonly Noticed[]>;
  /** The same with an honest server. Returns what is not as it should be; empty when everything is. */
  readonly heal: () => Promise<readonly string[]>;
};

/** 10 October 2026, 09:00 UTC. */
export const START = Date.UTC(2026, 9, 10, 9);

export async function openWorld(): Promise<World> {
  const clock = handWoundClock(START);
  const server = await startServer({ signups: 'open', clock: clock.now });
  const port = new URL(server.url).port;
  const evil = await startEvilServer(`http://127.0.0.1:${port}`);
  return {
    clock,
    server,
    evil,
    honest: { origin: server.url, address: `http://127.0.0.1:${port}` },
    lying: { origin: server.url, address: evil.address },
    scene: (ownObjects) => openScene({ now: clock.now(), ownObjects, recorded: evil.recorded }),
    [Symbol.asyncDispose]: async () => {
      await evil.close();
      await server.close();
    },
  };
}
