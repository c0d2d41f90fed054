import { useLingui } from '@lingui/react';
import { type dayName, clockOf, localDayOf } from '../../i18n/dates.ts';
import { useText } from '../../i18n/use-text.ts';
import type { Moment } from '../../session/contract.ts';
import { messages } from './messages.ts';

/** “Today, 18:42”, with the day in the words of `name`; without the hour where it is not known. */
export function useAbout(): (moment: Pick<Moment, 'when' | 'written'>, name: typeof dayName) => string {
  const text = useText();
  const { i18n } = useLingui();
  return ({ when, written }, name) => {
    const day = name(i18n, when.precision === 'undated' ? localDayOf(written) : when.day);
    return when.precision === 'minute'
      ? text(messages.about, { day, time: clockOf(i18n, when.at, when.zone) })
      : text(messages.onlyDay, { day });
  };
}
