import type { LocalDay, Substances } from '@evenkeel/journal';
import { useState } from 'react';
import { checkIn, draftOf, emptyDraft, saysAnything } from '../features/check-in/check-in.ts';
import { SubstancesSection } from '../features/check-in/SubstancesSection.tsx';
import { DayForm } from '../features/substance-use/DayForm.tsx';
import { UseCalendarPage } from '../features/substance-use/UseCalendarPage.tsx';
import type { CheckInDraft, Moment, SaveOutcome } from '../session/contract.ts';
import { useDiary } from '../session/session-context.tsx';
import { useTyped } from '../session/use-typed.ts';

/** What is typed of a day. */
const NOTHING: { readonly substances: Substances } = { substances: {} };

/** The 28 days, with the check-in's own form for what was used on one of them. */
export function UseCalendarScreen() {
  return <UseCalendarPage Day={DayOfUse} />;
}

function DayOfUse({ day, onDone }: { readonly day: LocalDay; readonly onDone: () => void }) {
  const diary = useDiary();
  const [held] = useState(() => noteOf(day, diary.timeline().days));
  const [typed, type] = useTyped(`/me/use#${day}`, NOTHING);
  const before = held === undefined ? newDraft(day) : draftOf(held);
  const draft = typed === null ? before : checkIn(before, { act: 'say', said: typed });
  const [problem, setProblem] = useState<Extract<SaveOutcome, { ok: false }>['reason'] | null>(null);
  const done = () => {
    type(null);
    onDone();
  };
  const save = async () => {
    const empty = !saysAnything(draft);
    if (held === undefined && empty) return done();
    if (held !== undefined && empty) {
      await diary.moveToBin(held.id);
      return done();
    }
    const outcome = held === undefined ? await diary.save(draft) : await diary.edit(held.id, draft);
    if (outcome.ok) done();
    else setProblem(outcome.reason);
  };
  return (
    <DayForm problem={problem} onSave={() => void save()}>
      <SubstancesSection
        draft={draft}
        act={(act) => type({ substances: checkIn(draft, act).substances ?? {} })}
      />
    </DayForm>
  );
}

/** The entry that says of the whole day what was used: the one to change instead of making another. */
function noteOf(
  day: LocalDay,
  days: readonly { readonly day: LocalDay; readonly moments: readonly Moment[] }[],
): Moment | undefined {
  return days
    .find((one) => one.day === day)
    ?.moments.find(({ when, substances }) => when.precision === 'day' && substances !== undefined);
}

function newDraft(day: LocalDay): CheckInDraft {
  return { ...emptyDraft, about: { kind: 'day', day } };
}
