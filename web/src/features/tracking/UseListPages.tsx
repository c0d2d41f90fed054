import type { MedicationSetting, NamedSetting, SubstanceSetting } from '@evenkeel/journal';
import { useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import type { ListOutcome, NewListed } from '../../session/contract.ts';
import { useDiary, useLists } from '../../session/session-context.tsx';
import { starterSubstances } from '../../session/starters.ts';
import { Card } from '../../ui/Card.tsx';
import { Page } from '../../ui/Page.tsx';
import { RowLink } from '../../ui/Row.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { ItemForm } from './ItemForm.tsx';
import { ListEditor } from './ListEditor.tsx';
import { messages } from './messages.ts';

type UseListPageProps = { readonly onBack: () => void };

const LONGEST_UNIT = 40;
const LONGEST_DOSE = 38;

/** What the person drinks or uses, each counted in drinks or in a unit of their own. */
export function SubstancesListPage({ onBack }: UseListPageProps) {
  const text = useText();
  const diary = useDiary();
  const items = useLists().substance;
  return (
    <Page title={text(messages.substancesTitle)} onBack={onBack}>
      <Card rows>
        <RowLink href="/me/use" title={text(messages.calendar)} detail={text(messages.calendarMore)} />
      </Card>
      <ListEditor
        items={items}
        detailOf={({ alcohol, unit }) => {
          if (alcohol) return text(messages.alcoholDetail);
          return unit === '' ? '' : text(messages.unitDetail, { unit });
        }}
        renderEditor={(item, onDone) => (
          <SubstanceForm item={item} onSave={(said) => diary.changeInList(item.id, said)} onDone={onDone} />
        )}
        renderAdder={(onDone) => (
          <SubstanceForm taken={items.map((item) => item.text)} onSave={diary.addToList} onDone={onDone} />
        )}
      />
    </Page>
  );
}

type SubstanceFormProps = {
  readonly item?: NamedSetting<SubstanceSetting>;
  readonly taken?: readonly string[];
  readonly onSave: (said: NewListed<'substance'>) => Promise<ListOutcome>;
  readonly onDone: () => void;
};

function SubstanceForm({ item, taken = [], onSave, onDone }: SubstanceFormProps) {
  const text = useText();
  const [unit, setUnit] = useState(item?.unit ?? '');
  const [alcohol, setAlcohol] = useState(item?.alcohol ?? false);
  const starterOf = (name: string) => starterSubstances.find((starter) => text(starter.text) === name);
  return (
    <ItemForm
      label={text(messages.substanceName)}
      name={item?.text ?? ''}
      starters={starterSubstances.map((starter) => starter.text)}
      taken={taken}
      onSave={(name) => {
        const starter = item === undefined && unit === '' && !alcohol ? starterOf(name) : undefined;
        const known = starter && {
          unit: starter.unit === null ? '' : text(starter.unit),
          alcohol: starter.alcohol,
        };
        return onSave({
          kind: 'substance',
          text: name,
          ...(known ?? { unit: alcohol ? '' : unit, alcohol }),
        });
      }}
      onDone={onDone}
    >
      <Switch label={text(messages.isAlcohol)} on={alcohol} onChange={setAlcohol} />
      {!alcohol && (
        <TextField
          label={text(messages.substanceUnit)}
          value={unit}
          onChange={setUnit}
          maxLength={LONGEST_UNIT}
        />
      )}
    </ItemForm>
  );
}

/** What the person takes, with dose and time in their words. */
export function MedicationListPage({ onBack }: UseListPageProps) {
  const text = useText();
  const diary = useDiary();
  const items = useLists().medication;
  return (
    <Page title={text(messages.medicationTitle)} onBack={onBack}>
      <ListEditor
        items={items}
        detailOf={({ dose }) => dose}
        renderEditor={(item, onDone) => (
          <MedicationForm item={item} onSave={(said) => diary.changeInList(item.id, said)} onDone={onDone} />
        )}
        renderAdder={(onDone) => <MedicationForm onSave={diary.addToList} onDone={onDone} />}
      />
    </Page>
  );
}

type MedicationFormProps = {
  readonly item?: NamedSetting<MedicationSetting>;
  readonly onSave: (said: NewListed<'medication'>) => Promise<ListOutcome>;
  readonly onDone: () => void;
};

function MedicationForm({ item, onSave, onDone }: MedicationFormProps) {
  const text = useText();
  const [dose, setDose] = useState(item?.dose ?? '');
  return (
    <ItemForm
      label={text(messages.medicationName)}
      name={item?.text ?? ''}
      onSave={(name) => onSave({ kind: 'medication', text: name, dose })}
      onDone={onDone}
    >
      <TextField
        label={text(messages.medicationDose)}
        value={dose}
        onChange={setDose}
        maxLength={LONGEST_DOSE}
      />
    </ItemForm>
  );
}
