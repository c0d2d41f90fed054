import type { BadRowReason } from '@evenkeel/interchange';
import { useLingui } from '@lingui/react';
import { defineMessages } from '../../i18n/define-messages.ts';
import type { Message } from '../../i18n/define-messages.ts';
import { longDate } from '../../i18n/short-dates.ts';
import { useText } from '../../i18n/use-text.ts';
import { useMoodSpeech } from '../../session/use-mood-speech.ts';
import type { ImportReport } from '../../session/me-contract.ts';
import { Card } from '../../ui/Card.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { MoodMark } from '../../ui/MoodMark.tsx';
import { PagePart } from '../../ui/Page.tsx';
import { Select } from '../../ui/Select.tsx';
import { Slider } from '../../ui/Slider.tsx';
import type { ImportDraft, MoodMapping } from './import-draft.ts';
import { messages } from './messages.ts';
import styles from './Me.module.css';

const rowMessages = defineMessages('badRow', {
  fields: 'has more or fewer columns than the heading',
  quotes: 'has a quotation mark that is not closed',
  day: 'has a day that we cannot read',
  before2000: 'lies before the year 2000',
  time: 'has a time that we cannot read',
  nothing: 'has nothing in it',
  long: 'is longer than an entry can be',
});

const badRowMessages = {
  'wrong-number-of-fields': rowMessages.fields,
  'broken-quotes': rowMessages.quotes,
  'day-not-understood': rowMessages.day,
  'day-before-2000': rowMessages.before2000,
  'time-not-understood': rowMessages.time,
  'nothing-in-it': rowMessages.nothing,
  'too-long': rowMessages.long,
} satisfies Record<BadRowReason, Message>;

/** What the file holds, before anything is brought in. */
export function ReportFacts({ report }: { readonly report: ImportReport }) {
  const text = useText();
  const { i18n } = useLingui();
  return (
    <Card as="section">
      <h2 className={styles.title}>{text(messages.inReport)}</h2>
      <ul className={styles.lines}>
        <li>{text(messages.inRows, { n: report.rows })}</li>
        <li>{text(messages.inNew, { n: report.entries })}</li>
        {report.alreadyHere > 0 && <li>{text(messages.inHere, { n: report.alreadyHere })}</li>}
        {report.firstDay !== null && report.lastDay !== null && (
          <li>
            {text(messages.inDays, {
              first: longDate(i18n, report.firstDay),
              last: longDate(i18n, report.lastDay),
            })}
          </li>
        )}
        {report.withNotes > 0 && <li>{text(messages.inNotes, { n: report.withNotes })}</li>}
      </ul>
    </Card>
  );
}

/** Each row that stays out, with its reason: none is dropped in silence. */
export function BadRows({ bad }: { readonly bad: ImportReport['bad'] }) {
  const text = useText();
  if (bad.length === 0) return null;
  const title = text(messages.inBad, { n: bad.length });
  return (
    <PagePart title={title}>
      <Card>
        <div className={styles.bad} role="region" aria-label={title} tabIndex={0}>
          <ul>
            {bad.map(({ row, reason }) => (
              <li key={row}>
                <b>{text(messages.inBadRow, { row })}</b>
                <span>{text(badRowMessages[reason])}</span>
              </li>
            ))}
          </ul>
        </div>
      </Card>
    </PagePart>
  );
}

type MoodPlacesProps = {
  readonly report: ImportReport;
  readonly draft: ImportDraft;
  readonly onMap: (name: string, mapping: MoodMapping) => void;
};

/** Where each mood of the file lies between unpleasant and pleasant, or that it has no place. */
export function MoodPlaces({ report, draft, onMap }: MoodPlacesProps) {
  const text = useText();
  const speech = useMoodSpeech();
  return (
    <PagePart title={text(messages.inMoods)} note={text(messages.inMoodsText)}>
      <Card rows as="ul">
        {report.moods.map(({ name, rows }) => {
          const mapping = draft.moods.get(name) ?? 'undecided';
          const placed = typeof mapping === 'number';
          const words = placed
            ? speech.pleasant(mapping)
            : text(mapping === 'word-only' ? messages.inNoPlace : messages.inNotSet);
          return (
            <li key={name} className={styles.moodRow}>
              <div className={styles.stack}>
                <div className={styles.fact}>
                  <MoodMark mood={placed ? { valence: mapping } : {}} shape="square" />
                  <b>{name}</b>
                  <span className={styles.quiet}>{text(messages.inMoodRows, { n: rows })}</span>
                  <span className={styles.placed} aria-hidden>
                    {words}
                  </span>
                </div>
                <Slider
                  label={name}
                  hideLabel
                  min={-1}
                  max={1}
                  step={0.05}
                  value={placed ? mapping : null}
                  words={words}
                  low={text(messages.inUnpleasant)}
                  high={text(messages.inPleasant)}
                  onChange={(valence) => onMap(name, Math.round(valence * 100) / 100)}
                />
                <div>
                  <Chip on={!placed} onToggle={() => onMap(name, placed ? 'word-only' : 0)}>
                    {text(messages.inNoPlace)}
                  </Chip>
                </div>
              </div>
            </li>
          );
        })}
      </Card>
    </PagePart>
  );
}

/** The zone in which the file's times are meant. */
export function ZoneChoice({
  zone,
  onZone,
}: {
  readonly zone: string;
  readonly onZone: (zone: string) => void;
}) {
  const text = useText();
  const zones = Intl.supportedValuesOf('timeZone');
  const known = zones.includes(zone) ? zones : [zone, ...zones];
  return (
    <Select
      label={text(messages.inZone)}
      hint={text(messages.inZoneHint)}
      value={zone}
      onChange={onZone}
      options={known.map((name) => ({ value: name, name: name.replaceAll('_', ' ') }))}
    />
  );
}
