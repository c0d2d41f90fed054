/** When to ask again. The diary holds the plans; `from` is the day from which one is due. */
import { type InstrumentId, isInstrumentId } from '@evenkeel/instruments';
import { type LocalDay, addDays } from '@evenkeel/journal';
import { useSyncExternalStore } from 'react';
import { localDayOf } from '../../i18n/dates.ts';
import { useDiary } from '../../session/session-context.tsx';

/** What is offered, in days from one time to the next. */
export const INTERVALS = [7, 14, 28] as const;

export type Plan = {
  readonly instrument: InstrumentId;
  readonly everyDays: number;
  readonly from: LocalDay;
};

/** The next day: as many days after the last answers as were chosen, but never a day that has passed. */
export function nextDay(everyDays: number, lastAnswered: LocalDay | null, today: LocalDay): LocalDay {
  if (lastAnswered === null) return today;
  const next = addDays(lastAnswered, everyDays);
  return next < today ? today : next;
}

/** Those whose day has come, the longest waiting first. */
export function duePlans(plans: readonly Plan[], today: LocalDay): readonly Plan[] {
  return plans.filter(({ from }) => from <= today).toSorted((a, b) => (a.from < b.from ? -1 : 1));
}

/** The plans in force. */
export function usePlans(): readonly Plan[] {
  const diary = useDiary();
  return useSyncExternalStore(diary.subscribe, diary.schedules).flatMap(({ instrument, everyDays, from }) =>
    isInstrumentId(instrument) ? [{ instrument, everyDays, from }] : [],
  );
}

/** Asks again after the usual days from today on: this time was answered, or left out. */
export function useMoveOn(): (instrument: InstrumentId) => Promise<void> {
  const diary = useDiary();
  const plans = usePlans();
  return async (instrument) => {
    const plan = plans.find((one) => one.instrument === instrument);
    if (plan === undefined) return;
    const { everyDays } = plan;
    await diary.setSchedule(instrument, { everyDays, from: addDays(localDayOf(Date.now()), everyDays) });
  };
}
