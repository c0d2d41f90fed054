import { SURROUNDING_KINDS } from '@evenkeel/journal';
import type { CravingSetting, NamedSetting, SurroundingKind, SymptomSetting } from '@evenkeel/journal';
import type { Message } from '../../i18n/define-messages.ts';
import { useText } from '../../i18n/use-text.ts';
import { useDiary, useLists } from '../../session/session-context.tsx';
import { starterCravings, starterSurroundings, starterSymptoms } from '../../session/starters.ts';
import { Page, PagePart } from '../../ui/Page.tsx';
import { ItemForm } from './ItemForm.tsx';
import { ListEditor } from './ListEditor.tsx';
import { messages } from './messages.ts';

type OwnListPageProps = { readonly onBack: () => void };

const ofKind = {
  symptom: {
    title: messages.symptomsTitle,
    label: messages.symptomName,
    starters: starterSymptoms,
  },
  craving: {
    title: messages.cravingsTitle,
    label: messages.cravingName,
    starters: starterCravings,
  },
};

/** The person's symptoms, or the urges they watch. */
export function OwnListPage({ kind, onBack }: OwnListPageProps & { readonly kind: 'symptom' | 'craving' }) {
  const text = useText();
  const diary = useDiary();
  const items: readonly NamedSetting<SymptomSetting | CravingSetting>[] = useLists()[kind];
  const { title, label, starters: offered } = ofKind[kind];
  return (
    <Page title={text(title)} onBack={onBack}>
      <ListEditor
        items={items}
        renderEditor={({ id, text: name }, onDone) => (
          <ItemForm
            label={text(messages.name)}
            name={name}
            onSave={(said) => diary.changeInList(id, { kind, text: said })}
            onDone={onDone}
          />
        )}
        renderAdder={(onDone) => (
          <ItemForm
            label={text(label)}
            name=""
            starters={offered}
            taken={items.map((item) => item.text)}
            onSave={(said) => diary.addToList({ kind, text: said })}
            onDone={onDone}
          />
        )}
      />
    </Page>
  );
}

const groupNames: Readonly<Record<SurroundingKind, Message>> = {
  activities: messages.activities,
  people: messages.people,
  places: messages.places,
  tags: messages.tags,
};

/** What can be touched around a moment, group by group. */
export function SurroundingsPage({ onBack }: OwnListPageProps) {
  const text = useText();
  const diary = useDiary();
  const items = useLists().surrounding;
  return (
    <Page title={text(messages.aroundTitle)} onBack={onBack}>
      {SURROUNDING_KINDS.map((group) => (
        <PagePart key={group} title={text(groupNames[group])}>
          <ListEditor
            items={items.filter((item) => item.group === group)}
            renderEditor={({ id, text: name }, onDone) => (
              <ItemForm
                label={text(messages.name)}
                name={name}
                onSave={(said) => diary.changeInList(id, { kind: 'surrounding', group, text: said })}
                onDone={onDone}
              />
            )}
            renderAdder={(onDone) => (
              <ItemForm
                label={text(messages.name)}
                name=""
                starters={starterSurroundings.flatMap((one) => (one.group === group ? one.text : []))}
                taken={items.map((item) => item.text)}
                onSave={(said) => diary.addToList({ kind: 'surrounding', group, text: said })}
                onDone={onDone}
              />
            )}
          />
        </PagePart>
      ))}
    </Page>
  );
}
