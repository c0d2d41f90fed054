import type { NamedSetting, SurroundingSetting, ValueSetting } from '@evenkeel/journal';
import { LONGEST_WORDS } from '@evenkeel/journal';
import type { LifeArea, SurroundingKind } from '@evenkeel/journal';
import { useText } from '../../i18n/use-text.ts';
import type { CheckInDraft } from '../../session/contract.ts';
import { TextArea } from '../../ui/TextField.tsx';
import { AboutTime } from './AboutTime.tsx';
import { AroundIt } from './AroundIt.tsx';
import type { CheckInAct } from './check-in.ts';
import styles from './CheckInForm.module.css';
import { messages } from './messages.ts';
import { WhatMatters } from './WhatMatters.tsx';
import { WhichWords } from './WhichWords.tsx';
import { YourPoint } from './YourPoint.tsx';

type CheckInFormProps = {
  readonly draft: CheckInDraft;
  readonly act: (act: CheckInAct) => void;
  readonly values: readonly NamedSetting<ValueSetting>[];
  readonly onAddValue: (value: { readonly text: string; readonly area: LifeArea }) => Promise<void>;
  readonly surroundings: readonly NamedSetting<SurroundingSetting>[];
  readonly onAddSurrounding: (surrounding: {
    readonly group: SurroundingKind;
    readonly text: string;
  }) => Promise<void>;
  /** Whether the line with the time is open for change, and what it says when it is closed. */
  readonly timeOpen: boolean;
  readonly onTimeDone: () => void;
  /** Changing a saved entry: its time stays unless it is changed. */
  readonly editing?: boolean;
};

/** Everything one can say of a moment. Nothing in it is needed to save but one answer. */
export function CheckInForm(props: CheckInFormProps) {
  const { draft, act } = props;
  const text = useText();
  return (
    <div className={styles.form}>
      {props.timeOpen && (
        <AboutTime about={draft.about} act={act} onDone={props.onTimeDone} editing={props.editing ?? false} />
      )}
      <WhichWords draft={draft} act={act} />
      <YourPoint draft={draft} act={act} />
      <WhatMatters answered={draft.values} act={act} values={props.values} onAdd={props.onAddValue} />
      <AroundIt
        chosen={draft.surroundings}
        act={act}
        offered={props.surroundings}
        onAdd={props.onAddSurrounding}
      />
      <TextArea
        label={text(messages.words)}
        quietLabel
        value={draft.text}
        maxLength={LONGEST_WORDS}
        onChange={(written) => act({ act: 'write', text: written })}
      />
    </div>
  );
}
