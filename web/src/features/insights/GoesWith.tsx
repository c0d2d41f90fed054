import { eachAssociation, inOrderOfSize, isThereOrNot, rangeOf, sideMeans } from '@evenkeel/insights';
import type { Association } from '@evenkeel/insights';
import type { DaySummary, LocalDay } from '@evenkeel/journal';
import { useEffect, useMemo, useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import type { MomentFacts } from '../../session/looking-back-contract.ts';
import { inSlices } from '../../session/in-slices.ts';
import { moodColour } from '../../ui/mood-colour.ts';
import { bodyFactors, loggedFactors, surroundingFactors } from './factors.ts';
import { InsightsCard, SameAsTable } from './InsightsCard.tsx';
import styles from './Insights.module.css';
import { loggedName } from './logged-words.ts';
import { messages } from './messages.ts';
import { tenPoints } from './scale-words.ts';

type GoesWithProps = {
  readonly days: readonly DaySummary[];
  readonly facts: readonly MomentFacts[];
  readonly today: LocalDay;
};

type Named = Association & { readonly name: string };
type Spoken = Extract<Named, { verdict: 'goes-together' }>;

/** What goes with better and with worse days, and in plain words where we are silent, and why. */
export function GoesWith({ days, facts, today }: GoesWithProps) {
  const text = useText();
  const compared = useMemo(() => {
    const year = rangeOf([], 365, today);
    const outcome = sideMeans(days, 'valence', year);
    const factors = [
      ...bodyFactors(facts, {
        sleptLong: text(messages.sleptLong),
        alcoholBefore: text(messages.alcoholBefore),
        doseMissed: text(messages.doseMissed),
      }),
      ...loggedFactors(facts, year, (logged) =>
        isThereOrNot(logged.kind)
          ? loggedName(text, logged)
          : text(messages.moreThanUsual, { name: loggedName(text, logged) }),
      ),
      ...surroundingFactors(facts, year),
    ];
    const names = new Map(factors.map(({ id, word }) => [id, word]));
    return {
      each: () => eachAssociation(outcome, factors),
      named: (one: Association): Named => ({ ...one, name: names.get(one.id) ?? one.id }),
    };
  }, [days, facts, today, text]);
  const found = useCompared(compared);
  if (found === null) return <InsightsCard title={text(messages.goes)} note={text(messages.goesHow)} />;
  if (found.every(({ verdict }) => verdict === 'too-few-days'))
    return (
      <InsightsCard title={text(messages.goes)}>
        <p className={styles.quiet}>{text(messages.silentFew)}</p>
      </InsightsCard>
    );
  const spoken = found.filter((one): one is Spoken => one.verdict === 'goes-together');
  const [better, worse] = [
    spoken.filter((one) => one.difference > 0),
    spoken.filter((one) => one.difference < 0),
  ];
  const cannotTell = found.filter(({ verdict }) => verdict === 'cannot-tell');
  const tooFew = found.filter(({ verdict }) => verdict === 'too-few-days');
  const most = Math.max(...spoken.flatMap(({ low, high }) => [-low, high]));
  const sentence = [
    { message: messages.mostBetter, one: better[0] },
    { message: messages.mostWorse, one: worse[0] },
  ]
    .flatMap(({ message, one }) =>
      one === undefined ? [] : [text(message, { name: one.name, number: tenPoints(one.difference) })],
    )
    .join(' ');
  return (
    <InsightsCard title={text(messages.goes)} note={text(messages.goesHow)}>
      <p className={styles.quiet}>{sentence || text(messages.silentNone)}</p>
      {better.length > 0 && <Bars title={text(messages.better)} found={better} most={most} />}
      {worse.length > 0 && <Bars title={text(messages.worse)} found={worse} most={most} />}
      {spoken.length > 0 && <p className={styles.quiet}>{text(messages.notCausing)}</p>}
      {spoken.length > 0 && (
        <SameAsTable
          name={text(messages.goes)}
          columns={[
            text(messages.what),
            text(messages.difference),
            text(messages.between),
            text(messages.with),
            text(messages.without),
          ]}
          rows={spoken.map(({ name, difference, low, high, daysWith, daysWithout }) => [
            name,
            tenPoints(difference),
            text(messages.fromTo, { low: tenPoints(low), high: tenPoints(high) }),
            String(daysWith),
            String(daysWithout),
          ])}
        />
      )}
      {cannotTell.length + tooFew.length > 0 && (
        <details className={styles.more}>
          <summary>{text(messages.silent)}</summary>
          {cannotTell.length > 0 && (
            <p className={styles.quiet}>{text(messages.silentCannot, { words: listed(cannotTell) })}</p>
          )}
          {tooFew.length > 0 && (
            <p className={styles.quiet}>{text(messages.silentFewWords, { words: listed(tooFew) })}</p>
          )}
        </details>
      )}
    </InsightsCard>
  );
}

/** Hundreds of words take longer than a frame: they are compared with rests. Null until the first time it is done. */
function useCompared({
  each,
  named,
}: {
  readonly each: () => Iterable<Association>;
  readonly named: (one: Association) => Named;
}): readonly Named[] | null {
  const [found, setFound] = useState<readonly Named[] | null>(null);
  useEffect(() => {
    let isWanted = true;
    const done: Association[] = [];
    const compare = async () => {
      const finished = await inSlices(
        each(),
        (one) => done.push(one),
        () => isWanted,
      );
      if (finished && isWanted) setFound(inOrderOfSize(done).map(named));
    };
    void compare();
    return () => {
      isWanted = false;
    };
  }, [each, named]);
  return found;
}

function Bars({
  title,
  found,
  most,
}: {
  readonly title: string;
  readonly found: readonly Spoken[];
  readonly most: number;
}) {
  const text = useText();
  return (
    <div className={styles.bars}>
      <h3>{title}</h3>
      <ul className={styles.bars}>
        {found.map(({ id, name, difference, low, high, daysWith, daysWithout }) => {
          const share = (of: number) => `${((Math.abs(of) / most) * 100).toFixed(1)}%`;
          const fill = moodColour({ valence: Math.sign(difference) * 0.6, arousal: -0.3 }).css;
          return (
            <li key={id} className={styles.bar}>
              <p className={styles.barHead}>
                <span>{name}</span>
                <span>{tenPoints(difference)}</span>
              </p>
              <svg className={styles.rail} aria-hidden>
                <rect width={share(difference)} height="100%" rx={4} fill={fill} />
                <line x1={share(low)} x2={share(high)} y1="50%" y2="50%" />
              </svg>
              <p className={styles.quiet}>
                {text(messages.sides, { on: daysWith, off: daysWithout })}.{' '}
                {text(messages.sure, { low: tenPoints(low), high: tenPoints(high) })}
              </p>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function listed(found: readonly Named[]): string {
  return found.map(({ name }) => name).join(', ');
}
