import type { MeState } from '../../session/me-contract.ts';

/** One line of “Is it safe?”. `good` is counted; the others say what is still open. */
export type SafetyFact =
  | { readonly about: 'lock'; readonly good: boolean }
  | {
      readonly about: 'server';
      readonly good: boolean;
      readonly joined: boolean;
      readonly onServer: number;
      readonly entries: number;
    }
  | { readonly about: 'kit'; readonly good: boolean; readonly status: MeState['kit']['status'] };

/** Lock, a second place, and a way back: the three things that keep a diary from being read or lost. */
export function safetyFacts({
  lock,
  server,
  kit,
}: Pick<MeState, 'lock' | 'server' | 'kit'>): readonly SafetyFact[] {
  const joined = server.status === 'joined';
  const onServer = joined ? server.onServer : 0;
  const entries = joined ? server.entries : 0;
  return [
    { about: 'lock', good: lock.methods.some((method) => method !== 'pin') },
    { about: 'server', good: joined && onServer === entries, joined, onServer, entries },
    { about: 'kit', good: kit.status === 'checked', status: kit.status },
  ];
}
