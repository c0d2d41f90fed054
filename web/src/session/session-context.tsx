import { createContext, useContext, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import type {
  BinnedMoment,
  Diary,
  LockedNotes,
  Moment,
  SearchState,
  Session,
  SessionState,
  Timeline,
} from './contract.ts';

const SessionContext = createContext<Session | null>(null);
const DiaryContext = createContext<Diary | null>(null);

export class MissingProviderError extends Error {
  override readonly name = 'MissingProviderError';
  readonly code = 'missing-provider';
}

/** Gives the screens below it a session, and its diary while it is open. */
export function SessionProvider({
  session,
  children,
}: {
  readonly session: Session;
  readonly children: ReactNode;
}) {
  const state = useSyncExternalStore(session.subscribe, session.read);
  return (
    <SessionContext value={session}>
      <DiaryContext value={state.status === 'open' ? state.diary : null}>{children}</DiaryContext>
    </SessionContext>
  );
}

/** The session's verbs: begin, unlock, lock. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new MissingProviderError('useSession needs a SessionProvider above it.');
  return session;
}

export function useSessionState(): SessionState {
  const session = useSession();
  return useSyncExternalStore(session.subscribe, session.read);
}

/** The open diary. Only screens that are shown while the session is open may ask for it. */
export function useDiary(): Diary {
  const diary = useContext(DiaryContext);
  if (!diary) throw new MissingProviderError('useDiary was asked for while the diary is closed.');
  return diary;
}

export function useTimeline(): Timeline {
  const diary = useDiary();
  return useSyncExternalStore(diary.subscribe, diary.timeline);
}

/** What is looked for in the journal, and what was found. */
export function useSearch(): SearchState {
  const { search } = useDiary();
  return useSyncExternalStore(search.subscribe, search.read);
}

export function useMoment(id: string): Moment | undefined {
  const diary = useDiary();
  return useSyncExternalStore(diary.subscribe, () => diary.moment(id));
}

export function useBin(): readonly BinnedMoment[] {
  const diary = useDiary();
  return useSyncExternalStore(diary.subscribe, diary.bin);
}

export function usePlan(): ReturnType<Diary['plan']> {
  const diary = useDiary();
  return useSyncExternalStore(diary.subscribe, diary.plan);
}

export function useLockedNotes(): LockedNotes | null {
  const diary = useDiary();
  return useSyncExternalStore(diary.subscribe, diary.lockedNotes);
}

export function useValues(): ReturnType<Diary['values']> {
  const diary = useDiary();
  return useSyncExternalStore(diary.subscribe, diary.values);
}

export function useSurroundings(): ReturnType<Diary['surroundings']> {
  const diary = useDiary();
  return useSyncExternalStore(diary.subscribe, diary.surroundings);
}

/** Each of the person's lists, with what is put away in it. */
export function useLists(): ReturnType<Diary['lists']> {
  const diary = useDiary();
  return useSyncExternalStore(diary.subscribe, diary.lists);
}

/** What the person lives with, or did. */
export function useConditions(): ReturnType<Diary['conditions']> {
  const diary = useDiary();
  return useSyncExternalStore(diary.subscribe, diary.conditions);
}

/** What a check-in asks beside the mood. */
export function useTracked(): ReturnType<Diary['tracked']> {
  const diary = useDiary();
  return useSyncExternalStore(diary.subscribe, diary.tracked);
}
