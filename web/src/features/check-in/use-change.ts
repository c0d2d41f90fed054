import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import type { CheckInDraft, Moment } from '../../session/contract.ts';
import { useDiary } from '../../session/session-context.tsx';
import { useKeptDraft } from '../../session/use-kept-draft.ts';
import { changeAgain, changeOf, checkIn, checkInOf, emptyDraft, isWorthKeeping } from './check-in.ts';
import type { CheckInAct } from './check-in.ts';
import type { SaveProblem } from './use-check-in.ts';

export type Change = {
  readonly draft: CheckInDraft;
  readonly act: (act: CheckInAct) => void;
  readonly open: boolean;
  /** Whether something was changed and is not saved. */
  readonly begun: boolean;
  readonly show: () => void;
  /** Closes the form; the change stays. */
  readonly close: () => void;
  /** Forgets the change. */
  readonly throwAway: () => void;
  readonly save: () => Promise<void>;
  readonly saving: boolean;
  readonly problem: SaveProblem | null;
};

/**
 * A change to a saved entry, kept sealed as a check-in is. When the entry is deleted elsewhere meanwhile, what was
 * typed stays, as a check-in of its own; `onSavedAnew` is told which entry came of it.
 */
export function useChange(id: string, moment: Moment | undefined, onSavedAnew: (id: string) => void): Change {
  const diary = useDiary();
  const [draft, act] = useReducer(checkIn, moment, (held) => (held ? changeOf(held) : emptyDraft));
  const [open, setOpen] = useState(false);
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<SaveProblem | null>(null);
  const last = useRef(moment);
  last.current = moment ?? last.current;
  const gone = open && moment === undefined;

  const startOver = useCallback((next: CheckInDraft) => act({ act: 'start-over', draft: next }), []);
  const name = gone ? (`gone:${id}` as const) : (`edit:${id}` as const);
  const onFound = useCallback(
    (found: CheckInDraft) => startOver(last.current ? changeAgain(found, last.current) : found),
    [startOver],
  );
  const { keep, refused } = useKeptDraft(name, draft, { onFound, isWorthKeeping });

  useEffect(() => {
    if (!gone || draft.was === undefined || last.current === undefined) return;
    if (isWorthKeeping(draft)) startOver(checkInOf(draft, last.current));
    else setOpen(false);
  }, [gone, draft, startOver]);

  const end = async () => {
    const now = diary.moment(id);
    startOver(now ? changeOf(now) : emptyDraft);
    setOpen(false);
    // A device that is full keeps them; they go with the entry then.
    await Promise.all(
      ([`edit:${id}`, `gone:${id}`] as const).map((box) => diary.keepDraft(box, null).catch(() => undefined)),
    );
  };

  return {
    draft,
    act,
    open,
    begun: isWorthKeeping(draft),
    show: () => {
      if (moment) startOver(changeAgain(draft, moment));
      setProblem(null);
      setOpen(true);
    },
    close: () => {
      keep();
      setOpen(false);
    },
    throwAway: () => void end(),
    save: async () => {
      setSaving(true);
      setProblem(null);
      const outcome = await (gone ? diary.save(draft) : diary.edit(id, draft)).finally(() =>
        setSaving(false),
      );
      if (!outcome.ok) return setProblem(outcome.reason);
      await end();
      if (gone) onSavedAnew(outcome.id);
    },
    saving,
    problem: problem ?? (gone ? 'gone' : refused ? 'draft-not-kept' : null),
  };
}
