import { MOST_SEVERITY, PARTS_OF_DAY } from '@evenkeel/journal';
import type { PartOfDay, Symptom } from '@evenkeel/journal';
import { useText } from '../../i18n/use-text.ts';
import { useDiary, useLists } from '../../session/session-context.tsx';
import { starterSymptoms } from '../../session/starters.ts';
import { Chip, ChipButton, Chips } from '../../ui/Chip.tsx';
import { partOfDayWords, severityWords } from '../../ui/timeline/line-words.ts';
import { AddItem } from './AddItem.tsx';
import { askedAbout } from './asked-about.ts';
import styles from './CheckInForm.module.css';
import { messages } from './messages.ts';
import { withSymptom } from './more-answers.ts';
import { SectionFrame } from './SectionFrame.tsx';
import type { SectionProps } from './sections.ts';

const severities = Array.from({ length: MOST_SEVERITY + 1 }, (_, severity) => severity);

/** How strong each symptom was, and when in the day for whoever wants to say it. */
export function SymptomsSection({ draft, act }: SectionProps) {
  const text = useText();
  const diary = useDiary();
  const list = useLists().symptom;
  const said = draft.symptoms?.symptoms ?? [];
  const say = (id: string, answers: readonly Symptom[]) =>
    act({ act: 'say', said: { symptoms: withSymptom(draft.symptoms, id, answers) } });
  return (
    <SectionFrame
      title={text(messages.symptoms)}
      {...(said.length > 0
        ? { onLeaveOut: () => act({ act: 'say', said: { symptoms: { ...draft.symptoms, symptoms: [] } } }) }
        : {})}
    >
      {askedAbout(list, said).map(({ id, text: name }) => (
        <OneSymptom
          key={id}
          id={id}
          name={name}
          answers={said.filter((answer) => answer.id === id)}
          onSay={(answers) => say(id, answers)}
        />
      ))}
      <AddItem
        label={text(messages.symptomName)}
        taken={list.map(({ text: name }) => name)}
        starters={starterSymptoms}
        onAdd={(name) => diary.addToList({ kind: 'symptom', text: name })}
      />
    </SectionFrame>
  );
}

type OneSymptomProps = {
  readonly id: string;
  readonly name: string;
  readonly answers: readonly Symptom[];
  readonly onSay: (answers: readonly Symptom[]) => void;
};

function OneSymptom({ id, name, answers, onSay }: OneSymptomProps) {
  const text = useText();
  const rows: readonly (Symptom | null)[] = answers.length > 0 ? answers : [null];
  const free = PARTS_OF_DAY.find((part) => answers.every((answer) => answer.part !== part));
  const isDivided = answers.length > 0 && answers.every(({ part }) => part !== undefined);
  const replace = (old: Symptom | null, next: Symptom | null) =>
    onSay(
      old === null
        ? [...answers, ...(next === null ? [] : [next])]
        : answers.flatMap((answer) => (answer === old ? (next ?? []) : [answer])),
    );
  return (
    <div className={styles.groups} role="group" aria-label={name}>
      <p className={styles.itemName} aria-hidden>
        {name}
      </p>
      {rows.map((answer) => (
        <div key={answer?.part ?? ''} className={styles.groups}>
          <Chips label={text(messages.howStrong, { name })}>
            {severities.map((severity) => (
              <Chip
                key={severity}
                on={answer?.severity === severity}
                onToggle={() =>
                  replace(
                    answer,
                    answer?.severity === severity ? null : { id, text: name, ...answer, severity },
                  )
                }
              >
                {text(severityWords(severity))}
              </Chip>
            ))}
          </Chips>
          {answer !== null && answer.severity > 0 && (
            <Chips label={text(messages.whenInDay, { name })}>
              {PARTS_OF_DAY.filter(
                (part) => answer.part === part || answers.every((other) => other.part !== part),
              ).map((part) => (
                <Chip
                  key={part}
                  on={answer.part === part}
                  onToggle={() => replace(answer, toggledPart(answer, part, answers.length > 1))}
                >
                  {text(partOfDayWords[part])}
                </Chip>
              ))}
              {isDivided && free !== undefined && answer === answers.at(-1) && (
                <ChipButton onClick={() => replace(null, { ...answer, part: free })}>
                  {text(messages.anotherTime)}
                </ChipButton>
              )}
            </Chips>
          )}
        </div>
      ))}
    </div>
  );
}

/** Choosing a part again takes it out; one of several answers goes with it, as two without a part would be one. */
function toggledPart(answer: Symptom, part: PartOfDay, isOneOfSeveral: boolean): Symptom | null {
  if (answer.part !== part) return { ...answer, part };
  const { part: _, ...whole } = answer;
  return isOneOfSeveral ? null : whole;
}
