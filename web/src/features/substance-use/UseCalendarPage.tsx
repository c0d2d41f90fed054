import { addDays, isLocalDay } from '@evenkeel/journal';
import type { LocalDay, NamedSetting, SubstanceSetting, Substances } from '@evenkeel/journal';
import { useLingui } from '@lingui/react';
import ChevronLeft from 'lucide-react/icons/chevron-left';
import ChevronRight from 'lucide-react/icons/chevron-right';
import { useMemo, useState } from 'react';
import type { ComponentType } from 'react';
import { useLocation } from 'wouter';
import { longDay } from '../../i18n/dates.ts';
import { useText } from '../../i18n/use-text.ts';
import { useToday } from '../../platform/passing-time.ts';
import type { Timeline } from '../../session/contract.ts';
import { useDiary, useLists, useTimeline } from '../../session/session-context.tsx';
import { IconButton } from '../../ui/Button.tsx';
import { Chip, Chips } from '../../ui/Chip.tsx';
import { Sheet } from '../../ui/Dialog.tsx';
import { Page, Quiet } from '../../ui/Page.tsx';
import { messages } from './messages.ts';
import { CALENDAR_DAYS, type Counted, spentIn, useCalendar as calendarOf } from './use-calendar.ts';
import { UseCalendarView } from './UseCalendarView.tsx';
import styles from './UseCalendar.module.css';

type UseCalendarPageProps = {
  /** The form for one day. */
  readonly Day: ComponentType<{ readonly day: LocalDay; readonly onDone: () => void }>;
};

/** Twenty-eight days of what was noted of alcohol and drugs, four weeks at a time. */
export function UseCalendarPage({ Day }: UseCalendarPageProps) {
  const text = useText();
  const { i18n } = useLingui();
  const diary = useDiary();
  const timeline = useTimeline();
  const substances = useLists().substance.filter(({ archived }) => !archived);
  const [, go] = useLocation();
  const today = useToday();
  const [back, setBack] = useState(0);
  const [opened, setOpened] = useState(dayOfHash);
  // The address says which day is open: a lock leads back to it.
  const open = (day: LocalDay | null) => {
    setOpened(day);
    go(day === null ? '/me/use' : `/me/use#${day}`, { replace: true });
  };
  const close = () => open(null);
  const [counted, setCounted] = useState<Counted>({ kind: 'alcohol' });
  const saidByDay = useMemo(() => saidOf(timeline), [timeline]);
  const others = useMemo(() => inEachUnit(substances, saidByDay), [substances, saidByDay]);
  const last = addDays(today, -back * CALENDAR_DAYS);

  const earlier = () => {
    setBack(back + 1);
    if (timeline.more) void diary.showOlder();
  };
  return (
    <Page title={text(messages.title)} onBack={() => go('/me')}>
      <Quiet>{text(messages.note)}</Quiet>
      <Chips label={text(messages.counted)}>
        <Chip on={counted.kind === 'alcohol'} onToggle={() => setCounted({ kind: 'alcohol' })}>
          {text(messages.alcohol)}
        </Chip>
        {others.map(({ id, text: name, unit }) => (
          <Chip
            key={`${id} ${unit}`}
            on={counted.kind === 'substance' && counted.id === id && counted.unit === unit}
            onToggle={() => setCounted({ kind: 'substance', id, unit })}
          >
            {unit === '' ? name : text(messages.substance, { name, unit })}
          </Chip>
        ))}
      </Chips>
      <div className={styles.turn}>
        <IconButton label={text(messages.earlier)} icon={<ChevronLeft aria-hidden />} onClick={earlier} />
        <IconButton
          label={text(messages.later)}
          icon={<ChevronRight aria-hidden />}
          onClick={() => setBack(Math.max(0, back - 1))}
          disabled={back === 0}
        />
      </div>
      <UseCalendarView
        days={calendarOf(saidByDay, counted, last)}
        counted={counted}
        spent={spentIn(saidByDay, counted, last)}
        unit={counted.kind === 'substance' ? counted.unit : ''}
        onDay={open}
      />
      <Sheet
        open={opened !== null}
        onClose={close}
        title={opened === null ? '' : text(messages.editTitle, { day: longDay(i18n, opened) })}
      >
        {opened !== null && <Day key={opened} day={opened} onDone={close} />}
      </Sheet>
    </Page>
  );
}

function dayOfHash(): LocalDay | null {
  const day = window.location.hash.slice(1);
  return isLocalDay(day) ? day : null;
}

/** What was said of substances on each day, by every moment of it. */
function saidOf({ days }: Timeline): ReadonlyMap<LocalDay, readonly Substances[]> {
  return new Map(
    days.map(({ day, moments }) => [day, moments.flatMap(({ substances }) => substances ?? [])]),
  );
}

/** Each substance but alcohol in its unit, and in those it was noted in before. */
function inEachUnit(
  substances: readonly NamedSetting<SubstanceSetting>[],
  saidByDay: ReadonlyMap<LocalDay, readonly Substances[]>,
): readonly Pick<NamedSetting<SubstanceSetting>, 'id' | 'text' | 'unit'>[] {
  const uses = [...saidByDay.values()].flat().flatMap(({ uses }) => uses ?? []);
  return substances
    .filter(({ alcohol }) => !alcohol)
    .flatMap(({ id, text, unit }) => {
      const noted = uses.flatMap((use) => (use.substance === id ? use.unit : []));
      return [...new Set([unit, ...noted])].map((each) => ({ id, text, unit: each }));
    });
}
