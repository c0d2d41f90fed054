import { useCallback, useReducer, useState } from 'react';
import type { CheckInDraft, Safety, SaveOutcome } from '../../session/contract.ts';
import { useDiary } from '../../session/session-context.tsx';
import { useKeptDraft } from '../../session/use-kept-draft.ts';
import { checkIn, emptyDraft, saysAnything } from './check-in.ts';
import type { CheckInAct } from './check-in.ts';

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

  const onFound = useCallback((found: CheckInDraft) => act({ act: 'start-over', draft: found }), []);
  const { keep: keepNow, refused } = useKeptDraft('check-in', draft, {
    onFound,
    isWorthKeeping: saysAnything,
  });

  const show = useCallback(() => {
    setSaved(null);
    setOpen(true);
  }, []);

  const save = async () => {
    if (saving || !saysAnything(draft)) return;
    setSaving(true);
    setProblem(null);
    const outcome = await diary.save(draft, 'check-in').finally(() => setSaving(false));
    if (!outcome.ok) {
      setProblem(outcome.reason);
      return;
    }
    setOpen(false);
    act({ act: 'start-over', draft: emptyDraft });
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
