import type { Answers, Scale, Scored, Wording } from '@evenkeel/instruments';
import { differenceOf, parts, pcl5Pattern, scaleOf, score } from '@evenkeel/instruments';
import { useLingui } from '@lingui/react';
import { dayInside, dayName, localDayOf } from '../../i18n/dates.ts';
import { useText } from '../../i18n/use-text.ts';
import type { Text } from '../../i18n/use-text.ts';
import type { Answered, Standing } from '../../session/questionnaires-contract.ts';
import { Card } from '../../ui/Card.tsx';
import { LinkButton } from '../../ui/Button.tsx';
import { messages } from './messages.ts';
import styles from './Questionnaires.module.css';

type ResultViewProps = { readonly standing: Standing; readonly wording: Wording };

/** What came of the last time, in plain words, and how it compares with the time before. */
export function ResultView({ standing, wording }: ResultViewProps) {
  const text = useText();
  const { i18n } = useLingui();
  const [last, ...before] = standing.answered;
  if (last === undefined) return null;
  const scale = scaleOf(wording.id);
  const scored = score(scale, last.answers);
  return (
    <Card as="section">
      <div className={styles.result}>
        <h2 className={styles.resultName}>{text(messages.result)}</h2>
        <p className={styles.quiet}>{dayName(i18n, dayOf(last))}</p>
        {scored.ok && <Total scored={scored} scale={scale} />}
        {!scored.ok && <p>{text(scored.reason === 'no-total' ? messages.noSum : messages.noTotal)}</p>}
        {scored.ok && (
          <Compared
            scale={scale}
            total={scored.total}
            before={before}
            dayWords={(answered) => dayInside(i18n, dayOf(answered))}
          />
        )}
        {wording.id === 'pcl-5' && <Pattern answers={last.answers} />}
        <Parts scale={scale} wording={wording} answers={last.answers} />
        <LinkButton href={`/entry/${last.id}`} look="quiet" small>
          {text(messages.eachAnswer)}
        </LinkButton>
      </div>
    </Card>
  );
}

function Total({
  scored,
  scale,
}: {
  readonly scored: Scored & { readonly ok: true };
  readonly scale: Scale;
}) {
  const text = useText();
  const { total, band } = scored;
  return (
    <>
      <p className={styles.total}>{text(messages.total, { total, max: scale.total?.max ?? total })}</p>
      {band !== undefined && (
        <p>{text(messages.range, { label: band.label, min: band.min, max: band.max })}</p>
      )}
      <p className={styles.quiet}>{text(messages.notDiagnosis)}</p>
    </>
  );
}

type ComparedProps = {
  readonly scale: Scale;
  readonly total: number;
  readonly before: readonly Answered[];
  readonly dayWords: (answered: Answered) => string;
};

/** The last time that has a total; whether the difference is reliable only where a source says what is. */
function Compared({ scale, total, before, dayWords }: ComparedProps) {
  const text = useText();
  for (const earlier of before) {
    const scored = score(scale, earlier.answers);
    if (scored.ok) {
      const day = dayWords(earlier);
      return (
        <p>
          {scored.total === total
            ? text(messages.sameAsBefore, { day, total })
            : `${text(messages.before, { day, total: scored.total })} ${difference(text, scale, scored.total, total)}`}
        </p>
      );
    }
  }
  return null;
}

function difference(text: Text, scale: Scale, earlier: number, later: number): string {
  const found = differenceOf(scale, earlier, later);
  if (found === undefined) return '';
  const { direction, points, reliable } = found;
  return text(messages[direction], { points, rule: reliable.points });
}

function Pattern({ answers }: { readonly answers: Answers }) {
  const text = useText();
  const pattern = pcl5Pattern(answers);
  if (pattern === 'unknown') return null;
  return <p>{text(pattern === 'there' ? messages.pattern : messages.noPattern)}</p>;
}

type PartsProps = { readonly scale: Scale; readonly wording: Wording; readonly answers: Answers };

/** Totals of the parts: clusters of symptoms, or days in four weeks. Those without all their answers are left out. */
function Parts({ scale, wording, answers }: PartsProps) {
  const text = useText();
  const shown = parts(scale, answers).flatMap(({ subscale, total }) =>
    total === undefined ? [] : [{ ...subscale, total }],
  );
  if (shown.length === 0) return null;
  return (
    <dl className={styles.parts} aria-label={text(messages.parts)}>
      {shown.map(({ id, total, max }) => (
        <div key={id}>
          <dt>{wording.subscales[id] ?? id}</dt>
          <dd>
            {scale.total === null
              ? text(messages.daysOf, { n: total })
              : text(messages.outOf, { n: total, of: max })}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function dayOf({ when }: Answered): string {
  return when.precision === 'undated' ? localDayOf(when.at) : when.day;
}
