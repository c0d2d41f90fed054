import { useText } from '../../i18n/use-text.ts';
import { Slider } from '../../ui/Slider.tsx';
import { messages } from './messages.ts';
import { withEnergy } from './more-answers.ts';
import { SectionFrame } from './SectionFrame.tsx';
import type { SectionProps } from './sections.ts';

/** How much energy there was in the body, beside the energy of the mood: 0–10. */
export function EnergySection({ draft, act }: SectionProps) {
  const text = useText();
  const energy = draft.symptoms?.energy;
  const say = (said: number | undefined) =>
    act({ act: 'say', said: { symptoms: withEnergy(draft.symptoms, said) } });
  return (
    <SectionFrame
      title={text(messages.energy)}
      {...(energy === undefined ? {} : { onLeaveOut: () => say(undefined) })}
    >
      <Slider
        label={text(messages.energyLabel)}
        min={0}
        max={10}
        step={1}
        value={energy ?? null}
        words={energy === undefined ? text(messages.notAnswered) : text(messages.ofTen, { n: energy })}
        low={text(messages.noEnergy)}
        high={text(messages.fullEnergy)}
        onChange={say}
      />
    </SectionFrame>
  );
}
