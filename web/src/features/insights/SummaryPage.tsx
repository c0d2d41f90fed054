import { completeness, rangeOf } from '@evenkeel/insights';
import type { DayRange } from '@evenkeel/insights';
import Printer from 'lucide-react/icons/printer';
import { useLingui } from '@lingui/react';
import { type Ref, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { longDate, partialDate } from '../../i18n/short-dates.ts';
import type { Message } from '../../i18n/define-messages.ts';
import { useText } from '../../i18n/use-text.ts';
import { useLookedBack, useWords } from '../../session/looking-back-context.tsx';
import { Button } from '../../ui/Button.tsx';
import { Chip, Chips } from '../../ui/Chip.tsx';
import { classes } from '../../ui/classes.ts';
import { TextField } from '../../ui/TextField.tsx';
import { TopBar } from '../../ui/TopBar.tsx';
import { AlcoholByWeek, Sleep, UsesByWeek } from './BodyOverTime.tsx';
import styles from './Insights.module.css';
import { useLoggedLines } from './LoggedOverTime.tsx';
import { messages } from './messages.ts';
import { MoodOverTime } from './MoodOverTime.tsx';
import { Scores } from './Scores.tsx';
import sheet from './SummaryPage.module.css';
import { useOnePage } from './use-one-page.ts';
import { gapWords, valuesIn } from './WhatMatters.tsx';

const choices = [30, 90, 365] as const;
const contents = ['mood', 'sleep', 'alcohol', 'uses', 'scores', 'values', 'logged', 'words'] as const;
type Content = (typeof contents)[number];

const contentNames = {
  mood: messages.partMood,
  sleep: messages.sleep,
  alcohol: messages.alcohol,
  uses: messages.partUses,
  scores: messages.partScores,
  values: messages.matters,
  logged: messages.logged,
  words: messages.partWords,
} satisfies Record<Content, Message>;

/** Longer words, or more of them, would not leave room on one page. */
const mostWords = 6;
const longestWords = 180;

/** One page to print or to keep as PDF: made here, of what was chosen, and sent to nobody. Words are off until chosen. */
export function SummaryPage() {
  const text = useText();
  const [, go] = useLocation();
  const { today, days } = useLookedBack();
  const [choice, setChoice] = useState<(typeof choices)[number] | 'own'>(30);
  const [own, setOwn] = useState(() => rangeOf([], 30, today));
  const [chosen, setChosen] = useState<ReadonlySet<Content>>(
    new Set(contents.filter((one) => one !== 'words')),
  );
  const range = useMemo(() => (choice === 'own' ? own : rangeOf([], choice, today)), [choice, own, today]);
  const problem =
    range.last > today
      ? messages.toCome
      : range.last !== '' && range.first > range.last
        ? messages.turned
        : null;
  // A date field is empty, or in the first century, while somebody types in it.
  const isWhole = problem === null && range.first > '1900' && range.last !== '';
  const { daysWith, days: all } = completeness(
    days.map(({ day }) => day),
    range,
  );
  const toggle = (content: Content) =>
    setChosen(new Set(contents.filter((one) => (one === content ? !chosen.has(one) : chosen.has(one)))));
  const { paper, isTight, leftOut } = useOnePage(contents, [range.first, range.last, ...chosen].join(' '));
  const shown = contents.filter((one) => chosen.has(one) && !leftOut.includes(one));
  const said = [
    text(messages.summaryDays, { with: daysWith, days: all }),
    leftOut.length > 0 &&
      text(messages.notFit, {
        n: leftOut.length,
        parts: leftOut.map((one) => text(contentNames[one])).join(', '),
      }),
  ]
    .filter((words) => words !== false)
    .join(' ');
  return (
    <div className={styles.page}>
      <div className={sheet.controls}>
        <TopBar title={text(messages.summary)} onBack={() => go('/insights')} />
        <p className={styles.quiet}>{text(messages.summaryHow)}</p>
        <Chips label={text(messages.range)}>
          {choices.map((one) => (
            <Chip key={one} on={choice === one} onToggle={() => setChoice(one)}>
              {one === 365 ? text(messages.aYear) : text(messages.days, { n: one })}
            </Chip>
          ))}
          <Chip
            on={choice === 'own'}
            onToggle={() => {
              setOwn(range);
              setChoice('own');
            }}
          >
            {text(messages.ownDates)}
          </Chip>
        </Chips>
        {choice === 'own' && (
          <>
            <TextField
              type="date"
              label={text(messages.from)}
              value={own.first}
              onChange={(first) => setOwn({ ...own, first })}
            />
            <TextField
              type="date"
              label={text(messages.to)}
              value={own.last}
              onChange={(last) => setOwn({ ...own, last })}
              problem={problem && text(problem)}
            />
          </>
        )}
        <Chips label={text(messages.summaryParts)}>
          {contents.map((one) => (
            <Chip key={one} on={chosen.has(one)} onToggle={() => toggle(one)}>
              {text(contentNames[one])}
            </Chip>
          ))}
        </Chips>
        <Button
          look="primary"
          icon={<Printer aria-hidden />}
          onClick={() => window.print()}
          disabled={!isWhole}
        >
          {text(messages.print)}
        </Button>
      </div>
      {/* Beside what reads well on a screen lies the paper itself, unseen until it is printed. */}
      {isWhole && (
        <>
          <Sheet name={sheet.sheet} range={range} chosen={shown} said={said} />
          <Sheet
            name={classes(sheet.paper, isTight && sheet.tight)}
            range={range}
            chosen={shown}
            said={said}
            ref={paper}
          />
        </>
      )}
    </div>
  );
}

type SheetProps = {
  readonly name: string | undefined;
  readonly range: DayRange;
  readonly chosen: readonly Content[];
  readonly said: string;
  readonly ref?: Ref<HTMLElement>;
};

function Sheet({ name, range, chosen, said, ref }: SheetProps) {
  const text = useText();
  const { i18n } = useLingui();
  return (
    <article className={name} aria-label={text(messages.summaryName)} ref={ref}>
      <h2 className={sheet.title}>
        {text(messages.summaryTitle, {
          first: partialDate(i18n, range.first),
          last: partialDate(i18n, range.last),
        })}
      </h2>
      <p className={styles.quiet} role="status">
        {said}
      </p>
      <div className={sheet.parts}>
        {chosen.map((one) => (
          <div key={one} className={sheet.part} data-part={one}>
            <Part part={one} range={range} />
          </div>
        ))}
      </div>
      <p className={styles.quiet}>{text(messages.summaryFoot)}</p>
    </article>
  );
}

function Part({ part, range }: { readonly part: Content; readonly range: DayRange }) {
  const { days, facts } = useLookedBack();
  if (part === 'mood')
    return (
      <>
        <MoodOverTime days={days} range={range} side="valence" />
        <MoodOverTime days={days} range={range} side="arousal" />
      </>
    );
  if (part === 'words') return <NewestWords range={range} />;
  if (facts === null) return null;
  switch (part) {
    case 'sleep':
      return <Sleep facts={facts} range={range} />;
    case 'alcohol':
      return <AlcoholByWeek facts={facts} range={range} />;
    case 'uses':
      return <UsesByWeek facts={facts} range={range} />;
    case 'scores':
      return <Scores facts={facts} range={range} />;
    case 'values':
      return <ValuesInWords range={range} />;
    case 'logged':
      return <LoggedInWords facts={facts} range={range} />;
  }
}

function ValuesInWords({ range }: { readonly range: DayRange }) {
  const text = useText();
  const { facts, ...looked } = useLookedBack();
  const { gaps, moods } = valuesIn({ ...looked, facts: facts ?? [] }, range);
  return (
    <Lines
      title={text(messages.matters)}
      lines={gaps.filter(({ days }) => days > 0).map((gap) => `${gap.text}: ${gapWords(text, gap, moods)}`)}
      foot={text(messages.mattersScale)}
    />
  );
}

function LoggedInWords(said: Parameters<typeof useLoggedLines>[0]) {
  const text = useText();
  return <Lines title={text(messages.logged)} lines={useLoggedLines(said)} />;
}

function NewestWords({ range }: { readonly range: DayRange }) {
  const text = useText();
  const { i18n } = useLingui();
  const words = useWords(range);
  return (
    <Lines
      title={text(messages.partWords)}
      lines={words
        .slice(0, mostWords)
        .map(
          ({ day, words: said }) =>
            `${longDate(i18n, day)}: ${said.length > longestWords ? `${said.slice(0, longestWords)}…` : said}`,
        )}
      {...(words.length > mostWords && {
        foot: text(messages.moreWords, { n: words.length - mostWords }),
      })}
    />
  );
}

type LinesProps = { readonly title: string; readonly lines: readonly string[]; readonly foot?: string };

/** A part in words; none where there is nothing to say. */
function Lines({ title, lines, foot }: LinesProps) {
  if (lines.length === 0) return null;
  return (
    <section className={styles.card}>
      <h3>{title}</h3>
      <ul>
        {lines.map((line, at) => (
          <li key={`${line} ${String(at)}`}>{line}</li>
        ))}
      </ul>
      {foot !== undefined && <p className={styles.quiet}>{foot}</p>}
    </section>
  );
}
