import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { useDiary } from '../../session/session-context.tsx';
import type { CheckInDraft, Safety, SaveOutcome } from '../../session/contract.ts';
import { checkIn, emptyDraft, saysAnything } from './check-in.ts';
import type { CheckInAct } from './check-in.ts';

/** Milliseconds of quiet after which a draft is sealed and kept. */
const pause = 600;

/** `draft-not-kept`: there is no room even for the draft; it is only on the screen. */
export type SaveProblem = Extract<SaveOutcome, { ok: false }>['reason'] | 'draft-not-kept';

/** A moment that was just saved, with what it was made from, so that it can be undone into a draft again. */
export type Saved = { readonly id: string; readonly safety: Safety; readonly draft: CheckInDraft };

export type CheckInState = {
  readonly draft: CheckInDraft;
  readonly act: (act: CheckInAct) => void;
  /** Whether the sheet is open over the sea. */
  readonly open: boolean;
  readonly show: () => void;
  /** Closes the sheet; the draft stays. */
  readonly close: () => void;
  /** Forgets the draft. */
  readonly discard: () => void;
  readonly save: () => Promise<void>;
  readonly saving: boolean;
  readonly problem: SaveProblem | null;
  readonly saved: Saved | null;
  /** Takes the save back: the entry is erased and its contents are a draft again. */
  readonly undo: () => Promise<void>;
};

/** The check-in of the Today screen: one draft, kept sealed at each pause, until it is saved or thrown away. */
export function useCheckIn(): CheckInState {
  const diary = useDiary();
  const [draft, act] = useReducer(checkIn, emptyDraft);
  const [open, setOpen] = useState(false);
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<SaveProblem | null>(null);
  const [saved, setSaved] = useState<Saved | null>(null);

  const { keep: keepNow, refused } = useKeptDraft(draft, act);

  const show = useCallback(() => {
    setSaved(null);
    setOpen(true);
  }, []);

  const save = async () => {
    if (saving || !saysAnything(draft)) return;
    setSaving(true);
    setProblem(null);
    const outcome = await diary.save(draft).finally(() => setSaving(false));
    if (!outcome.ok) {
      setProblem(outcome.reason);
      return;
    }
    setOpen(false);
    act({ act: 'start-over', draft: emptyDraft });
    // Before it is called saved: a page that is closed then must not offer again what was just saved.
    await diary.keepDraft(null).catch(() => undefined);
    setSaved({ id: outcome.id, safety: outcome.safety, draft });
  };

  const undo = async () => {
    if (!saved) return;
    await diary.erase(saved.id);
    act({ act: 'start-over', draft: saved.draft });
    setSaved(null);
  };

  const discard = () => {
    act({ act: 'start-over', draft: emptyDraft });
    setProblem(null);
    setOpen(false);
  };

  const close = () => {
    keepNow();
    setOpen(false);
  };

  return {
    draft,
    act,
    open,
    show,
    close,
    discard,
    save,
    saving,
    problem: problem ?? (refused ? 'draft-not-kept' : null),
    saved,
    undo,
  };
}

/**
 * Brings back the draft that was kept, and keeps each new state of it after a pause and when the page is left.
 * Returns how to keep it at once, and whether the device refused the last time.
 */
function useKeptDraft(
  draft: CheckInDraft,
  act: (act: CheckInAct) => void,
): { readonly keep: () => void; readonly refused: boolean } {
  const diary = useDiary();
  const [refused, setRefused] = useState(false);
  const latest = useRef<{ readonly draft: CheckInDraft; kept: CheckInDraft }>({
    draft: emptyDraft,
    kept: emptyDraft,
  });
  latest.current = { draft, kept: latest.current.kept };

  useEffect(() => {
    let left = false;
    void diary.readDraft().then((found) => {
      if (left || !found || latest.current.draft !== emptyDraft) return;
      latest.current.kept = found;
      act({ act: 'start-over', draft: found });
    });
    return () => {
      left = true;
    };
  }, [diary, act]);

  const keep = useCallback(() => {
    const { draft: now, kept } = latest.current;
    if (now === kept) return;
    latest.current.kept = now;
    diary.keepDraft(saysAnything(now) ? now : null).then(
      () => setRefused(false),
      () => {
        // The next pause tries again, whatever is typed until then.
        if (latest.current.kept === now) latest.current.kept = kept;
        setRefused(true);
      },
    );
  }, [diary]);

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
