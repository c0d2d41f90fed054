import type { RangeChoice } from '@evenkeel/insights';
import { UNDATED_CATEGORIES, categoryByNumber, categoryNumber } from '@evenkeel/journal';
import type { GrantableCategory, LocalDay } from '@evenkeel/journal';
import { useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { useMoodSpeech } from '../../session/use-mood-speech.ts';
import type { SharePreview, ShareTerms } from '../../session/sharing-contract.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Card } from '../../ui/Card.tsx';
import { Chip, Chips } from '../../ui/Chip.tsx';
import { Quiet } from '../../ui/Page.tsx';
import { SharedRecord } from '../../ui/timeline/SharedRecord.tsx';
import { messages } from './messages.ts';
import styles from './ShareFlow.module.css';

const UNDATED: readonly number[] = UNDATED_CATEGORIES.map((category) => categoryNumber(category));

type PreviewStepProps = {
  readonly terms: ShareTerms;
  /** Null while it is drawn. */
  readonly preview: SharePreview | null;
  readonly today: LocalDay;
  /** What the person agrees to, sentence by sentence. */
  readonly consent: readonly string[];
  /** What changing does, when a share is being changed. */
  readonly changing: string | null;
};

/** Step 4: their page, drawn from what the keys would open; and what saying yes means. */
export function PreviewStep({ terms, preview, today, consent, changing }: PreviewStepProps) {
  const text = useText();
  const speech = useMoodSpeech();
  const [choice, setChoice] = useState<RangeChoice>('all');
  const { period, categories } = terms.scope;
  const end = period.kind === 'between' && period.last < today ? period.last : today;
  const choices: readonly { readonly choice: RangeChoice; readonly name: string }[] = [
    { choice: 30, name: text(messages.preview30) },
    { choice: 90, name: text(messages.preview90) },
    { choice: 'all', name: text(messages.previewAll) },
  ];
  return (
    <>
      {preview === null ? (
        <Quiet>{text(messages.previewDrawing)}</Quiet>
      ) : (
        <>
          <Quiet>
            {[
              text(messages.previewCount, { n: preview.moments.length }),
              ...(preview.heldBack > 0 ? [text(messages.previewHeld, { n: preview.heldBack })] : []),
              ...(preview.onlyCounted > 0 ? [text(messages.previewCounted, { n: preview.onlyCounted })] : []),
              ...(preview.withEarlierValues > 0
                ? [text(messages.previewEarlier, { n: preview.withEarlierValues })]
                : []),
              ...(period.kind !== 'all' && UNDATED.some((cat) => categories.includes(cat))
                ? [text(messages.previewUndated)]
                : []),
            ].join(' ')}
          </Quiet>
          <Chips label={text(messages.previewRange)}>
            {choices.map((one) => (
              <Chip key={one.choice} on={choice === one.choice} onToggle={() => setChoice(one.choice)}>
                {one.name}
              </Chip>
            ))}
          </Chips>
          <SharedRecord
            moments={preview.moments}
            standing={preview.standing}
            categories={categories.flatMap(grantable)}
            choice={choice}
            end={end}
            speech={speech}
            page={6}
          />
        </>
      )}
      {changing !== null && <Banner tone="care">{changing}</Banner>}
      <Card as="section" label={text(messages.consentTitle)}>
        <h2 className={styles.consentTitle}>{text(messages.consentTitle)}</h2>
        <ul className={styles.consent}>
          {consent.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </Card>
    </>
  );
}

function grantable(number: number): readonly GrantableCategory[] {
  const category = categoryByNumber(number);
  return category === undefined || category === 'settings' || category === 'private' ? [] : [category];
}
