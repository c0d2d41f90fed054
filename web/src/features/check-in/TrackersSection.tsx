import { MOST_COUNT, MOST_MINUTES } from '@evenkeel/journal';
import type { NamedSetting, TrackerAnswer, TrackerSetting, TrackerValue } from '@evenkeel/journal';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { useLists } from '../../session/session-context.tsx';
import { LinkButton } from '../../ui/Button.tsx';
import { Chip, Chips } from '../../ui/Chip.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { Slider } from '../../ui/Slider.tsx';
import styles from './CheckInForm.module.css';
import { messages } from './messages.ts';
import { withTracker } from './more-answers.ts';
import { SectionFrame } from './SectionFrame.tsx';
import type { SectionProps } from './sections.ts';

/** The person's own trackers, each in its shape. */
export function TrackersSection({ draft, act }: SectionProps) {
  const text = useText();
  const said = draft.trackers ?? [];
  const list = useLists().tracker.filter(
    ({ id, archived }) => !archived || said.some(({ tracker }) => tracker === id),
  );
  const say = (trackers: readonly TrackerAnswer[]) => act({ act: 'say', said: { trackers } });
  return (
    <SectionFrame title={text(messages.trackers)} {...(said.length > 0 ? { onLeaveOut: () => say([]) } : {})}>
      {list.map((tracker) => (
        <div key={tracker.id} data-item={tracker.id} tabIndex={-1} className={styles.asked}>
          <OneTracker
            tracker={tracker}
            said={said.find((answer) => answer.tracker === tracker.id)?.said ?? null}
            onSay={(value) =>
              say(
                withTracker(
                  said,
                  tracker.id,
                  value === null ? null : { tracker: tracker.id, text: tracker.text, said: value },
                ),
              )
            }
          />
        </div>
      ))}
      <div className={styles.actions}>
        <LinkButton href="/me/track/trackers" look="line" small>
          {text(list.length === 0 ? messages.makeTracker : messages.editTrackers)}
        </LinkButton>
      </div>
    </SectionFrame>
  );
}

type OneTrackerProps = {
  readonly tracker: NamedSetting<TrackerSetting>;
  readonly said: TrackerValue | null;
  readonly onSay: (value: TrackerValue | null) => void;
};

function OneTracker({ tracker: { text: name, form }, said, onSay }: OneTrackerProps) {
  const text = useText();
  switch (form.shape) {
    case 'scale': {
      const value = said?.shape === 'scale' ? said.value : null;
      return (
        <Slider
          label={name}
          min={form.min}
          max={form.max}
          step={1}
          value={value}
          words={
            value === null ? text(messages.notAnswered) : text(messages.ofMost, { n: value, most: form.max })
          }
          onChange={(now) => onSay({ shape: 'scale', value: now, min: form.min, max: form.max })}
        />
      );
    }
    case 'count':
      return (
        <NumberField
          label={form.unit === '' ? name : text(messages.nameInUnit, { name, unit: form.unit })}
          value={said?.shape === 'count' ? said.value : null}
          most={MOST_COUNT}
          onChange={(now) => onSay(now === null ? null : { shape: 'count', value: now, unit: form.unit })}
        />
      );
    case 'yes-no':
      return (
        <Named name={name}>
          {([true, false] as const).map((value) => (
            <Chip
              key={String(value)}
              on={said?.shape === 'yes-no' && said.value === value}
              onToggle={() =>
                onSay(said?.shape === 'yes-no' && said.value === value ? null : { shape: 'yes-no', value })
              }
            >
              {text(value ? messages.yes : messages.no)}
            </Chip>
          ))}
        </Named>
      );
    case 'duration':
      return (
        <NumberField
          label={text(messages.nameInUnit, { name, unit: text(messages.minutes) })}
          value={said?.shape === 'duration' ? said.value : null}
          most={MOST_MINUTES}
          step={5}
          onChange={(now) => onSay(now === null ? null : { shape: 'duration', value: Math.round(now) })}
        />
      );
    case 'choice':
      return (
        <Named name={name}>
          {form.choices.map((choice) => (
            <Chip
              key={choice}
              on={said?.shape === 'choice' && said.value === choice}
              onToggle={() =>
                onSay(
                  said?.shape === 'choice' && said.value === choice
                    ? null
                    : { shape: 'choice', value: choice },
                )
              }
            >
              {choice}
            </Chip>
          ))}
        </Named>
      );
  }
}

function Named({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={styles.groups}>
      <p className={styles.itemName} aria-hidden>
        {name}
      </p>
      <Chips label={name}>{children}</Chips>
    </div>
  );
}
