import { deviceZone, minutesSlept, onDay } from '@evenkeel/journal';
import type { Sleep } from '@evenkeel/journal';
import { useState } from 'react';
import { localDayOf } from '../../i18n/dates.ts';
import { useText } from '../../i18n/use-text.ts';
import { Chip, ChipButton, Chips } from '../../ui/Chip.tsx';
import { Slider } from '../../ui/Slider.tsx';
import { lengthWords, sleepQualityWords } from '../../ui/timeline/line-words.ts';
import { TextField } from '../../ui/TextField.tsx';
import styles from './CheckInForm.module.css';
import { messages } from './messages.ts';
import { isAnswered, withSleep } from './more-answers.ts';
import { SectionFrame } from './SectionFrame.tsx';
import type { SectionProps } from './sections.ts';

/** The longest night on the slider, in minutes; a longer one is said by its times. */
const longest = 16 * 60;
const qualities = [1, 2, 3, 4, 5] as const;

/** Last night: how long, how well, and the times for whoever wants to say them. */
export function SleepSection({ draft, act }: SectionProps) {
  const text = useText();
  const sleep = draft.sleep ?? {};
  const [times, setTimes] = useState(sleep.asleep !== undefined || sleep.awake !== undefined);
  const day = draft.about.kind === 'now' ? localDayOf(Date.now()) : draft.about.day;
  const minutes = minutesSlept(sleep, onDay(day, deviceZone()));
  const say = (said: Sleep) => act({ act: 'say', said: { sleep: said } });
  return (
    <SectionFrame
      title={text(messages.sleep)}
      note={text(messages.sleepNote)}
      {...(isAnswered('sleep', draft) ? { onLeaveOut: () => say({}) } : {})}
    >
      <Slider
        label={text(messages.howLong)}
        min={0}
        max={longest}
        step={15}
        value={minutes === undefined ? null : Math.min(minutes, longest)}
        words={minutes === undefined ? text(messages.notAnswered) : lengthWords(text, minutes)}
        onChange={(said) => say(withSleep(sleep, 'minutes', said))}
      />
      <div className={styles.groups}>
        <p className={styles.quiet} aria-hidden>
          {text(messages.howWell)}
        </p>
        <Chips label={text(messages.howWell)}>
          {qualities.map((quality) => (
            <Chip
              key={quality}
              on={sleep.quality === quality}
              onToggle={() =>
                say(withSleep(sleep, 'quality', sleep.quality === quality ? undefined : quality))
              }
            >
              {text(sleepQualityWords(quality))}
            </Chip>
          ))}
          {!times && <ChipButton onClick={() => setTimes(true)}>{text(messages.addTimes)}</ChipButton>}
        </Chips>
      </div>
      {times && (
        <div className={styles.pair}>
          <TextField
            type="time"
            label={text(messages.asleep)}
            value={sleep.asleep ?? ''}
            onChange={(at) => say(withTime(sleep, 'asleep', at))}
          />
          <TextField
            type="time"
            label={text(messages.awake)}
            value={sleep.awake ?? ''}
            onChange={(at) => say(withTime(sleep, 'awake', at))}
          />
        </div>
      )}
    </SectionFrame>
  );
}

/** With both times the length follows from them, until it is said anew. */
function withTime(sleep: Sleep, part: 'asleep' | 'awake', at: string): Sleep {
  const said = withSleep(sleep, part, at === '' ? undefined : at);
  return said.asleep !== undefined && said.awake !== undefined ? withSleep(said, 'minutes', undefined) : said;
}
