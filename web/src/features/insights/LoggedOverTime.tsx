import { type DayRange, type LoggedNumber, loggedNumbers } from '@evenkeel/insights';
import { useMemo, useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import type { MomentFacts } from '../../session/looking-back-contract.ts';
import { Select } from '../../ui/Select.tsx';
import { DaysOverTime } from './DaysOverTime.tsx';
import { loggedName, loggedSentence, loggedWords } from './logged-words.ts';
import { messages } from './messages.ts';

type LoggedProps = { readonly facts: readonly MomentFacts[]; readonly range: DayRange };

/** Whatever else was logged, one at a time: which, is chosen. */
export function LoggedOverTime({ facts, range }: LoggedProps) {
  const text = useText();
  const offered = useMemo(() => loggedEnough(facts, range), [facts, range]);
  const [chosen, choose] = useState('');
  const logged = offered.find(({ id }) => id === chosen) ?? offered[0];
  if (logged === undefined) return null;
  const { days: means, least, most } = logged;
  const end = (number: number) =>
    logged.kind === 'duration' || logged.kind === 'yes-no'
      ? loggedWords(text, logged, number)
      : String(number);
  return (
    <DaysOverTime
      title={text(messages.logged)}
      note={text(messages.keyNoBand)}
      range={range}
      means={means}
      scale={{ least, most, at: least }}
      ends={{ low: end(least), high: end(most) }}
      sentence={loggedSentence(text, logged)}
      say={(number) => loggedWords(text, logged, number)}
    >
      <Select
        label={text(messages.loggedWhich)}
        value={logged.id}
        options={offered.map((one) => ({ value: one.id, name: loggedName(text, one) }))}
        onChange={choose}
      />
    </DaysOverTime>
  );
}

/** A line for each, as on the page to print. */
export function useLoggedLines({ facts, range }: LoggedProps): readonly string[] {
  const text = useText();
  return loggedEnough(facts, range).map((logged) => loggedSentence(text, logged));
}

/** Of fewer than three days there is nothing to see. */
function loggedEnough(facts: readonly MomentFacts[], range: DayRange): readonly LoggedNumber[] {
  return loggedNumbers(facts, range).filter(({ days }) => days.length >= 3);
}
