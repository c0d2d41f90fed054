import { isWithin, rangeOf } from '@evenkeel/insights';
import type { RangeChoice } from '@evenkeel/insights';
import ChartLine from 'lucide-react/icons/chart-line';
import Printer from 'lucide-react/icons/printer';
import { useMemo, useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { useLookedBack } from '../../session/looking-back-context.tsx';
import { LinkButton } from '../../ui/Button.tsx';
import { Chip, Chips } from '../../ui/Chip.tsx';
import { classes } from '../../ui/classes.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { TopBar } from '../../ui/TopBar.tsx';
import { GoesWith } from './GoesWith.tsx';
import styles from './Insights.module.css';
import { LoggedOverTime } from './LoggedOverTime.tsx';
import { messages } from './messages.ts';
import { MoodOverTime } from './MoodOverTime.tsx';
import { AlcoholByWeek, Sleep, UsesByWeek } from './BodyOverTime.tsx';
import { Rhythm } from './Rhythm.tsx';
import { Scores } from './Scores.tsx';
import { WhatMatters } from './WhatMatters.tsx';
import { YourYear } from './YourYear.tsx';

const choices = [30, 90, 365] as const satisfies readonly RangeChoice[];

/** Looking back: the year, how it went, what went with what. Says what there is, and is silent where there is too little. */
export function InsightsPage() {
  const text = useText();
  const { today, days, facts, values } = useLookedBack();
  const [choice, setChoice] = useState<(typeof choices)[number]>(() =>
    isWithin(days[0]?.day ?? today, rangeOf([], 30, today)) ? 30 : 90,
  );
  const range = useMemo(() => rangeOf([], choice, today), [choice, today]);
  return (
    <div className={styles.page}>
      <TopBar title={text(messages.title)} />
      {days.length === 0 ? (
        <EmptyState
          icon={<ChartLine aria-hidden />}
          title={text(messages.empty)}
          action={
            <LinkButton href="/" look="quiet">
              {text(messages.toToday)}
            </LinkButton>
          }
        >
          <p>{text(messages.emptyMore)}</p>
        </EmptyState>
      ) : (
        <>
          <YourYear days={days} today={today} />
          <Chips label={text(messages.range)}>
            {choices.map((one) => (
              <Chip key={one} on={choice === one} onToggle={() => setChoice(one)}>
                {one === 365 ? text(messages.aYear) : text(messages.days, { n: one })}
              </Chip>
            ))}
          </Chips>
          <div className={classes(styles.cards, styles.two)}>
            <MoodOverTime days={days} range={range} side="valence" />
            <MoodOverTime days={days} range={range} side="arousal" />
            {facts === null ? (
              <p className={styles.quiet} role="status">
                {text(messages.reading)}
              </p>
            ) : (
              <>
                <GoesWith days={days} facts={facts} today={today} />
                <Rhythm days={days} facts={facts} range={range} />
                <Sleep facts={facts} range={range} />
                <AlcoholByWeek facts={facts} range={range} />
                <UsesByWeek facts={facts} range={range} />
                <LoggedOverTime facts={facts} range={range} />
                <Scores facts={facts} range={range} />
                <WhatMatters values={values} days={days} facts={facts} range={range} />
              </>
            )}
          </div>
          <p className={styles.quiet}>{text(messages.scale)}</p>
          <div className={styles.acts}>
            <LinkButton href="/insights/summary" look="quiet" icon={<Printer aria-hidden />}>
              {text(messages.summary)}
            </LinkButton>
          </div>
        </>
      )}
    </div>
  );
}
