import { completeness, rangeOf, valueGaps } from '@evenkeel/insights';
import type { DayRange } from '@evenkeel/insights';
import Printer from 'lucide-react/icons/printer';
import { useLingui } from '@lingui/react';
import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { longDate } from '../../i18n/short-dates.ts';
import type { Message } from '../../i18n/define-messages.ts';
import { useText } from '../../i18n/use-text.ts';
import { useLookedBack, useWords } from '../../session/looking-back-context.tsx';
import { Button } from '../../ui/Button.tsx';
import { Chip, Chips } from '../../ui/Chip.tsx';
import { TopBar } from '../../ui/TopBar.tsx';
import { AlcoholByWeek, Sleep } from './BodyOverTime.tsx';
import styles from './Insights.module.css';
import { messages } from './messages.ts';
import { MoodOverTime } from './MoodOverTime.tsx';
import { Scores } from './Scores.tsx';
import sheet from './SummaryPage.module.css';

const choices = [30, 90, 365] as const;
const contents = ['mood', 'sleep', 'alcohol', 'scores', 'values', 'words'] as const;
type Content = (typeof contents)[number];

const contentNames = {
  mood: messages.partMood,
  sleep: messages.sleep,
  alcohol: messages.alcohol,
  scores: messages.partScores,
  values: messages.matters,
  words: messages.partWords,
} satisfies Record<Content, Message>;

/** Longer words, or more of them, would not leave room on one page. */
const mostWords = 6;
const longestWords = 180;

/** One page to print or to keep as PDF: made here, of what was chosen, and sent to nobody. Words are off until chosen. */
export function SummaryPage() {
  const text = useText();
  const { i18n } = useLingui();
  const [, go] = useLocation();
  const { today, days, facts } = useLookedBack();
  const [choice, setChoice] = useState<(typeof choices)[number]>(30);
  const [chosen, setChosen] = useState<ReadonlySet<Content>>(
    new Set(contents.filter((one) => one !== 'words')),
  );
  const range = useMemo(() => rangeOf([], choice, today), [choice, today]);
  const { daysWith, days: all } = completeness(
    days.map(({ day }) => day),
    range,
  );
  const toggle = (content: Content) =>
    setChosen(new Set(contents.filter((one) => (one === content ? !chosen.has(one) : chosen.has(one)))));
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
        </Chips>
        <Chips label={text(messages.summaryParts)}>
          {contents.map((one) => (
            <Chip key={one} on={chosen.has(one)} onToggle={() => toggle(one)}>
              {text(contentNames[one])}
            </Chip>
          ))}
        </Chips>
        <Button look="primary" icon={<Printer aria-hidden />} onClick={() => window.print()}>
          {text(messages.print)}
        </Button>
      </div>
      <article className={sheet.sheet} aria-label={text(messages.summaryName)}>
        <h2 className={sheet.title}>
          {text(messages.summaryTitle, {
            first: longDate(i18n, range.first),
            last: longDate(i18n, range.last),
          })}
        </h2>
        <p className={styles.quiet}>{text(messages.summaryDays, { with: daysWith, days: all })}</p>
        <div className={sheet.parts}>
          {chosen.has('mood') && <MoodOverTime days={days} range={range} side="valence" />}
          {chosen.has('mood') && <MoodOverTime days={days} range={range} side="arousal" />}
          {facts !== null && chosen.has('sleep') && <Sleep facts={facts} range={range} />}
          {facts !== null && chosen.has('alcohol') && <AlcoholByWeek facts={facts} range={range} />}
          {facts !== null && chosen.has('scores') && <Scores facts={facts} range={range} />}
          {facts !== null && chosen.has('values') && <ValuesInWords range={range} />}
          {chosen.has('words') && <NewestWords range={range} />}
        </div>
        <p className={styles.quiet}>{text(messages.summaryFoot)}</p>
      </article>
    </div>
  );
}

function ValuesInWords({ range }: { readonly range: DayRange }) {
  const text = useText();
  const { facts, values } = useLookedBack();
  const said = (facts ?? []).flatMap(({ day, values: answers }) =>
    answers.map(({ value, closeness }) => ({ day, value, number: closeness })),
  );
  const answered = valueGaps(values, said, range).filter(({ closeness }) => closeness !== null);
  if (answered.length === 0) return null;
  return (
    <section className={styles.card}>
      <h3>{text(messages.matters)}</h3>
      <ul>
        {answered.map(({ id, text: name, importance, closeness, days }) => (
          <li key={id}>
            {name}:{' '}
            {text(messages.mattersSentence, { importance, closeness: (closeness ?? 0).toFixed(1), n: days })}
          </li>
        ))}
      </ul>
      <p className={styles.quiet}>{text(messages.mattersScale)}</p>
    </section>
  );
}

function NewestWords({ range }: { readonly range: DayRange }) {
  const text = useText();
  const { i18n } = useLingui();
  const words = useWords(range);
  if (words.length === 0) return null;
  return (
    <section className={styles.card}>
      <h3>{text(messages.partWords)}</h3>
      <ul>
        {words.slice(0, mostWords).map(({ id, day, words: said }) => (
          <li key={id}>
            {longDate(i18n, day)}: {said.length > longestWords ? `${said.slice(0, longestWords)}…` : said}
          </li>
        ))}
      </ul>
      {words.length > mostWords && (
        <p className={styles.quiet}>{text(messages.moreWords, { n: words.length - mostWords })}</p>
      )}
    </section>
  );
}
