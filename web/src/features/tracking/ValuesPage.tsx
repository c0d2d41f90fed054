import { LIFE_AREAS } from '@evenkeel/journal';
import type { LifeArea } from '@evenkeel/journal';
import NotebookPen from 'lucide-react/icons/notebook-pen';
import { useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import type { ListOutcome } from '../../session/contract.ts';
import { useDiary, useLists } from '../../session/session-context.tsx';
import { areaNames, areaOf, valuesByArea } from '../../session/starters.ts';
import { Card } from '../../ui/Card.tsx';
import { Page, Quiet } from '../../ui/Page.tsx';
import { RowLink } from '../../ui/Row.tsx';
import { Select } from '../../ui/Select.tsx';
import { Slider } from '../../ui/Slider.tsx';
import { ItemForm } from './ItemForm.tsx';
import { ListEditor } from './ListEditor.tsx';
import { messages } from './messages.ts';

/** What matters to the person: in which part of life, and how much. */
export function ValuesPage({ onBack }: { readonly onBack: () => void }) {
  const text = useText();
  const diary = useDiary();
  const items = useLists().value;
  return (
    <Page title={text(messages.valuesTitle)} onBack={onBack}>
      <Quiet>{text(messages.valuesNote)}</Quiet>
      {items.some(({ archived }) => !archived) && (
        <Card rows>
          <RowLink
            href="/me/values/review"
            lead={<NotebookPen aria-hidden />}
            title={text(messages.review)}
            detail={text(messages.reviewMore)}
          />
        </Card>
      )}
      <ListEditor
        items={items}
        detailOf={({ area, importance }) =>
          text(messages.valueDetail, { area: text(areaNames[area]), n: importance })
        }
        renderEditor={({ id, text: name, area, importance }, onDone) => (
          <ValueFields
            name={name}
            start={{ area, importance }}
            onSave={(said, parts) => diary.changeInList(id, { kind: 'value', text: said, ...parts })}
            onDone={onDone}
          />
        )}
        renderAdder={(onDone) => (
          <ValueFields
            name=""
            start={{ area: 'other', importance: 5 }}
            taken={items.map((item) => item.text)}
            onSave={(said, parts) => diary.addToList({ kind: 'value', text: said, ...parts })}
            onDone={onDone}
          />
        )}
      />
    </Page>
  );
}

type ValueParts = { readonly area: LifeArea; readonly importance: number };

type ValueFieldsProps = {
  readonly name: string;
  readonly start: ValueParts;
  /** For a new one: what is in the list already; the others of the starter list are offered. */
  readonly taken?: readonly string[];
  readonly onSave: (name: string, parts: ValueParts) => Promise<ListOutcome>;
  readonly onDone: () => void;
};

function ValueFields({ name, start, taken, onSave, onDone }: ValueFieldsProps) {
  const text = useText();
  const [parts, setParts] = useState(start);
  return (
    <ItemForm
      label={text(messages.valueName)}
      name={name}
      {...(taken && { starterRows: valuesByArea(text, taken) })}
      onSave={async (said) => {
        const area = parts.area === 'other' ? areaOf(text, said) : parts.area;
        const outcome = await onSave(said, { ...parts, area });
        if (outcome.ok) setParts(start);
        return outcome;
      }}
      onDone={onDone}
    >
      <Select
        label={text(messages.area)}
        value={parts.area}
        options={LIFE_AREAS.map((area) => ({ value: area, name: text(areaNames[area]) }))}
        onChange={(value) =>
          setParts({ ...parts, area: LIFE_AREAS.find((area) => area === value) ?? parts.area })
        }
      />
      <Slider
        label={text(messages.importance)}
        min={0}
        max={10}
        step={1}
        value={parts.importance}
        words={text(messages.importanceOf, { n: parts.importance })}
        onChange={(importance) => setParts({ ...parts, importance })}
      />
    </ItemForm>
  );
}
