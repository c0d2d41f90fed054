import { useCallback, useEffect, useRef, useState } from 'react';
import type { CheckInDraft, DraftName } from './contract.ts';
import { useDiary } from './session-context.tsx';

/** Milliseconds of quiet after which a draft is sealed and kept. */
const pause = 600;

type How = {
  /** The draft that was kept comes back, unless something was said meanwhile. */
  readonly onFound: (found: CheckInDraft) => void;
  /** Whether it is to be kept; else what was kept is forgotten. Both must stay the same function. */
  readonly isWorthKeeping: (draft: CheckInDraft) => boolean;
};

/**
 * Brings back the draft that was kept, and keeps each new state of it after a pause and when the page is left.
 * Returns how to keep it at once, and whether the device refused the last time.
 */
export function useKeptDraft(
  name: DraftName,
  draft: CheckInDraft,
  { onFound, isWorthKeeping }: How,
): { readonly keep: () => void; readonly refused: boolean } {
  const diary = useDiary();
  const [refused, setRefused] = useState(false);
  const latest = useRef<{ readonly draft: CheckInDraft; kept: CheckInDraft }>({ draft, kept: draft });
  latest.current = { draft, kept: latest.current.kept };

  useEffect(() => {
    let left = false;
    void diary.readDraft(name).then((found) => {
      if (left || !found || isWorthKeeping(latest.current.draft)) return;
      latest.current.kept = found;
      onFound(found);
    });
    return () => {
      left = true;
    };
  }, [diary, name, onFound, isWorthKeeping]);

  const keep = useCallback(() => {
    const { draft: now, kept } = latest.current;
    if (now === kept) return;
    latest.current.kept = now;
    diary.keepDraft(name, isWorthKeeping(now) ? now : null).then(
      () => setRefused(false),
      () => {
        // The next pause tries again, whatever is typed until then.
        if (latest.current.kept === now) latest.current.kept = kept;
        setRefused(true);
      },
    );
  }, [diary, name, isWorthKeeping]);

  useEffect(() => {
    const timer = setTimeout(keep, pause);
    document.addEventListener('visibilitychange', keep);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', keep);
    };
  }, [keep, draft]);

  // Leaving the screen is a pause too.
  useEffect(() => keep, [keep]);

  return { keep, refused };
}
