import { useText } from '../../i18n/use-text.ts';
import type { CheckInDraft } from '../../session/contract.ts';
import { energyWords, pleasantWords, pointWords } from '../../session/mood-words.ts';
import { Button } from '../../ui/Button.tsx';
import { MoodMark } from '../../ui/MoodMark.tsx';
import { Slider } from '../../ui/Slider.tsx';
import type { CheckInAct } from './check-in.ts';
import styles from './CheckInForm.module.css';
import { messages } from './messages.ts';

/** Says where the point lies, and lets each direction be set, or left unsaid, with a slider. */
export function YourPoint({
  draft,
  act,
}: {
  readonly draft: CheckInDraft;
  readonly act: (act: CheckInAct) => void;
}) {
  const text = useText();
  const { valence, arousal } = draft.mood;
  const where = pointWords(text, draft.mood);
  return (
    <details className={styles.point}>
      <summary>
        <MoodMark mood={draft.mood} shape="square" />
        <span className={styles.where}>{where ?? text(messages.yourPoint)}</span>
        <span className={styles.adjust}>
          {text(where === null ? messages.placeWithSliders : messages.adjust)}
        </span>
      </summary>
      <div className={styles.sliders}>
        {draft.placedBy === 'words' && <p className={styles.quiet}>{text(messages.placedByWords)}</p>}
        <Slider
          label={text(messages.howPleasant)}
          min={-1}
          max={1}
          step={0.05}
          value={valence ?? null}
          words={text(valence === undefined ? messages.notSaid : pleasantWords(valence))}
          onChange={(value) => act({ act: 'place-part', part: { valence: value } })}
        />
        <Slider
          label={text(messages.howMuchEnergy)}
          min={-1}
          max={1}
          step={0.05}
          value={arousal ?? null}
          words={text(arousal === undefined ? messages.notSaid : energyWords(arousal))}
          onChange={(value) => act({ act: 'place-part', part: { arousal: value } })}
        />
        {where !== null && (
          <div className={styles.actions}>
            <Button look="plain" small onClick={() => act({ act: 'take-point-away' })}>
              {text(messages.takePointAway)}
            </Button>
          </div>
        )}
      </div>
    </details>
  );
}
