/** What every route may use. */
import type { HelpNumbers, Limits } from '@evenkeel/protocol';
import type { Logger } from 'pino';
import type { Challenges } from './accounts/challenges.ts';
import type { Sessions } from './accounts/sessions.ts';
import type { LiveStreams } from './live.ts';
import type { DiskRoom } from './operations/disk-room.ts';
import type { Rates } from './rates.ts';
import type { Store } from './store/store.ts';

export type Signups = 'invite' | 'open' | 'closed';

export type Services = {
  /** The WHATWG serialised origin of this server. */
  readonly origin: string;
  readonly signups: Signups;
  readonly servesApp: boolean;
  readonly serverKey: string;
  /** Public half of the pair that push services know this server by. */
  readonly pushKey: string;
  /** Whether a push may go to a name that is not public: in tests. */
  readonly pushesAnywhere: boolean;
  /** The host's own list; null where the host keeps none. */
  readonly helpNumbers: HelpNumbers | null;
  readonly limits: Limits;
  readonly store: Store;
  /** Milliseconds since 1970 UTC; never goes back (steady-clock.ts). What is over is over by this one. */
  readonly clock: () => number;
  /** The machine's, which can be set: people are woken by it. */
  readonly machineClock: () => number;
  readonly log: Logger;
  readonly challenges: Challenges;
  readonly sessions: Sessions;
  readonly rates: Rates;
  readonly disk: DiskRoom;
  readonly live: LiveStreams;
};
