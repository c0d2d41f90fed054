import { TRACKER_SHAPES } from '@evenkeel/journal';
import type { TrackerForm, TrackerShape } from '@evenkeel/journal';
import { useState } from 'react';
import type { Message } from '../../i18n/define-messages.ts';
import { useText } from '../../i18n/use-text.ts';
import type { Text } from '../../i18n/use-text.ts';
import { useDiary, useLists } from '../../session/session-context.tsx';
import { Chip, Chips } from '../../ui/Chip.tsx';
import { Page, Quiet } from '../../ui/Page.tsx';
import { TextArea, TextField } from '../../ui/TextField.tsx';
import { ItemForm } from './ItemForm.tsx';
import { ListEditor } from './ListEditor.tsx';
import { messages } from './messages.ts';
import styles from './Tracking.module.css';
import { type FormDraft, draftOfForm, formOf, newFormDraft } from './tracker-form.ts';

const shapeNames: Readonly<Record<TrackerShape, Message>> = {
  scale: messages.scale,
  count: messages.countShape,
  'yes-no': messages.yesNo,
  duration: messages.duration,
  choice: messages.choice,
};

/** The person's own trackers: what they ask and in which shape. */
export function TrackersPage({ onBack }: { readonly onBack: () => void }) {
  const text = useText();
  const diary = useDiary();
  const items = useLists().tracker;
  return (
    <Page title={text(messages.trackersTitle)} onBack={onBack}>
      <Quiet>{text(messages.trackerNote)}</Quiet>
      <ListEditor
        items={items}
        detailOf={({ form }) => formWords(text, form)}
        renderEditor={({ id, text: name, form }, onDone) => (
          <TrackerFields
            name={name}
            start={draftOfForm(form)}
            isNew={false}
            onSave={(said, changed) => diary.changeInList(id, { kind: 'tracker', text: said, form: changed })}
            onDone={onDone}
          />
        )}
        renderAdder={(onDone) => (
          <TrackerFields
            name=""
            start={newFormDraft}
            isNew
            onSave={(said, form) => diary.addToList({ kind: 'tracker', text: said, form })}
            onDone={onDone}
          />
        )}
      />
    </Page>
  );
}

type TrackerFieldsProps = {
  readonly name: string;
  readonly start: FormDraft;
  /** Only a new one has its shape to choose. */
  readonly isNew: boolean;
  readonly onSave: (name: string, form: TrackerForm) => ReturnType<ReturnType<typeof useDiary>['addToList']>;
  readonly onDone: () => void;
};

function TrackerFields({ name, start, isNew, onSave, onDone }: TrackerFieldsProps) {
  const text = useText();
  const [draft, setDraft] = useState(start);
  const change = (part: Partial<FormDraft>) => setDraft({ ...draft, ...part });
  return (
    <ItemForm
      label={text(isNew ? messages.trackerName : messages.name)}
      name={name}
      unusable={messages.badTracker}
      onSave={async (said) => {
        const outcome = await onSave(said, formOf(draft));
        if (outcome.ok) setDraft(start);
        return outcome;
      }}
      onDone={onDone}
    >
      {isNew && (
        <>
          <p className={styles.quiet} aria-hidden>
            {text(messages.shape)}
          </p>
          <Chips label={text(messages.shape)}>
            {TRACKER_SHAPES.map((shape) => (
              <Chip key={shape} on={draft.shape === shape} onToggle={() => change({ shape })}>
                {text(shapeNames[shape])}
              </Chip>
            ))}
          </Chips>
        </>
      )}
      {draft.shape === 'scale' && (
        <div className={styles.pair}>
          <TextField
            label={text(messages.least)}
            inputMode="numeric"
            value={draft.min}
            onChange={(min) => change({ min })}
          />
          <TextField
            label={text(messages.most)}
            inputMode="numeric"
            value={draft.max}
            onChange={(max) => change({ max })}
          />
        </div>
      )}
      {draft.shape === 'count' && (
        <TextField
          label={text(messages.unit)}
          value={draft.unit}
          maxLength={40}
          onChange={(unit) => change({ unit })}
        />
      )}
      {draft.shape === 'choice' && (
        <TextArea
          label={text(messages.choices)}
          rows={4}
          value={draft.choices}
          onChange={(choices) => change({ choices })}
        />
      )}
    </ItemForm>
  );
}

function formWords(text: Text, form: TrackerForm): string {
  switch (form.shape) {
    case 'scale':
      return text(messages.scaleWords, { min: form.min, max: form.max });
    case 'count':
      return form.unit === ''
        ? text(messages.countWords)
        : text(messages.countUnitWords, { unit: form.unit });
    case 'yes-no':
      return text(messages.yesNoWords);
    case 'duration':
      return text(messages.durationWords);
    case 'choice':
      return text(messages.choiceWords, { choices: form.choices.join(', ') });
  }
}
