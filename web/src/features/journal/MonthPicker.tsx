import type { LocalDay } from '@evenkeel/journal';
import { useLingui } from '@lingui/react';
import Calendar from 'lucide-react/icons/calendar';
import { useState } from 'react';
import { monthMark, monthName } from '../../i18n/short-dates.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Sheet } from '../../ui/Dialog.tsx';
import styles from './Journal.module.css';
import { messages } from './messages.ts';

type MonthPickerProps = {
  /** The newest day of each month that holds entries, oldest first. */
  readonly months: readonly LocalDay[];
  readonly onGoTo: (day: LocalDay) => void;
};

/** Two touches to any month that holds entries: the newest year first, its months as in a calendar. */
export function MonthPicker({ months, onGoTo }: MonthPickerProps) {
  const text = useText();
  const { i18n } = useLingui();
  const [open, setOpen] = useState(false);
  const years = [...Map.groupBy(months, (day) => day.slice(0, 4))].toReversed();
  return (
    <>
      <IconButton
        label={text(messages.toMonth)}
        aria-haspopup="dialog"
        icon={<Calendar aria-hidden />}
        onClick={() => setOpen(true)}
      />
      <Sheet open={open} onClose={() => setOpen(false)} title={text(messages.toMonth)}>
        <div className={styles.filters}>
          {years.map(([year, days]) => (
            <div key={year} className={styles.group}>
              <h3 className={styles.groupName}>{year}</h3>
              <div role="group" aria-label={year} className={styles.months}>
                {days.map((day) => (
                  <Button
                    key={day}
                    small
                    aria-label={monthName(i18n, day)}
                    onClick={() => {
                      setOpen(false);
                      onGoTo(day);
                    }}
                  >
                    {monthMark(i18n, day, false)}
                  </Button>
                ))}
              </div>
            </div>
          ))}
        </div>
      </Sheet>
    </>
  );
}
