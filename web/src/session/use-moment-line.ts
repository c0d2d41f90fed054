import { useLingui } from '@lingui/react';
import { clockTime, dateOf, dayInside, dayName, localDayOf } from '../i18n/dates.ts';
import { defineMessages } from '../i18n/define-messages.ts';
import { useText } from '../i18n/use-text.ts';
import { useDeviceWord } from '../platform/media.ts';
import type { Moment } from './contract.ts';
import { momentDetail, momentTitle, safetyWords } from './moment-words.ts';

const messages = defineMessages('moment-line', {
  writtenLater: 'written {day}',
  dayOnly: 'some time that day',
  notForSharing: 'not for sharing',
  whileLocked: 'written while locked',
});

/** A moment in the words of a list, as `MomentRow` takes them. */
export type MomentLine = {
  readonly title: string;
  readonly detail: string;
  readonly written: string;
  /** The hour; “some time that day” when only the day is known. */
  readonly time: string;
  readonly day: string;
  readonly safety: { readonly words: string; readonly elsewhere: boolean };
  /** Small facts, in the order to show them. */
  readonly notes: readonly string[];
};

export function useMomentLine(): (moment: Moment) => MomentLine {
  const text = useText();
  const { i18n } = useLingui();
  const device = useDeviceWord();
  return (moment) => {
    const { when, written } = moment;
    const day = when.precision === 'undated' ? localDayOf(written) : when.day;
    const writtenOn = localDayOf(written);
    return {
      title: momentTitle(text, moment),
      detail: momentDetail(text, moment),
      written: moment.text,
      time: when.precision === 'minute' ? clockTime(i18n, when.at, when.zone) : text(messages.dayOnly),
      day: dayName(i18n, day),
      safety: {
        words: safetyWords(text, moment.safety, device, (ms) => dateOf(i18n, ms)),
        elsewhere: moment.safety.where === 'server' || moment.safety.where === 'backup',
      },
      notes: [
        ...(writtenOn > day ? [text(messages.writtenLater, { day: dayInside(i18n, writtenOn) })] : []),
        ...(moment.writtenWhileLocked ? [text(messages.whileLocked)] : []),
        ...(moment.notForSharing ? [text(messages.notForSharing)] : []),
      ],
    };
  };
}
