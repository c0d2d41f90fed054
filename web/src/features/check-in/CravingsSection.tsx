import { useText } from '../../i18n/use-text.ts';
import { useDiary, useLists } from '../../session/session-context.tsx';
import { starterCravings } from '../../session/starters.ts';
import { Slider } from '../../ui/Slider.tsx';
import { AddItem } from './AddItem.tsx';
import { askedAbout } from './asked-about.ts';
import { messages } from './messages.ts';
import { withCraving } from './more-answers.ts';
import { SectionFrame } from './SectionFrame.tsx';
import type { SectionProps } from './sections.ts';

/** How strong each urge was: 0–10. */
export function CravingsSection({ draft, act }: SectionProps) {
  const text = useText();
  const diary = useDiary();
  const list = useLists().craving;
  const said = draft.symptoms?.cravings ?? [];
  return (
    <SectionFrame
      title={text(messages.cravings)}
      {...(said.length > 0
        ? { onLeaveOut: () => act({ act: 'say', said: { symptoms: { ...draft.symptoms, cravings: [] } } }) }
        : {})}
    >
      {askedAbout(list, said).map(({ id, text: name }) => {
        const strength = said.find((craving) => craving.id === id)?.strength ?? null;
        return (
          <Slider
            key={id}
            label={name}
            min={0}
            max={10}
            step={1}
            value={strength}
            words={strength === null ? text(messages.notAnswered) : text(messages.ofTen, { n: strength })}
            low={text(messages.noCraving)}
            high={text(messages.strongestCraving)}
            onChange={(now) =>
              act({
                act: 'say',
                said: {
                  symptoms: withCraving(draft.symptoms, id, { id, text: name, strength: now }),
                },
              })
            }
          />
        );
      })}
      <AddItem
        label={text(messages.cravingName)}
        taken={list.map(({ text: name }) => name)}
        starters={starterCravings}
        onAdd={(name) => diary.addToList({ kind: 'craving', text: name })}
      />
    </SectionFrame>
  );
}
