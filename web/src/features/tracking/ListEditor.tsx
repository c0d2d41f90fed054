import ArrowDown from 'lucide-react/icons/arrow-down';
import ArrowUp from 'lucide-react/icons/arrow-up';
import Pencil from 'lucide-react/icons/pencil';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { useDiary } from '../../session/session-context.tsx';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Row } from '../../ui/Row.tsx';
import { messages } from './messages.ts';
import styles from './Tracking.module.css';

type Item = { readonly id: string; readonly text: string; readonly archived: boolean };

type ListEditorProps<One extends Item> = {
  readonly items: readonly One[];
  readonly detailOf?: (item: One) => string;
  /** What of an item can be changed; `onDone` closes it. */
  readonly renderEditor: (item: One, onDone: () => void) => ReactNode;
  /** How one is added; `onDone` closes it. */
  readonly renderAdder: (onDone: () => void) => ReactNode;
};

/** A list of the person's: change, move up and down, put away and take out again, add. */
export function ListEditor<One extends Item>({
  items,
  detailOf,
  renderEditor,
  renderAdder,
}: ListEditorProps<One>) {
  const text = useText();
  const diary = useDiary();
  /** The item that is open for change. */
  const [open, setOpen] = useState<string | null>(null);
  const [isAdding, setIsAdding] = useState(false);
  const asked = items.filter(({ archived }) => !archived);
  const away = items.filter(({ archived }) => archived);
  /** A change that is still being kept must not shut what was opened after it. */
  const close = (id: string) => setOpen((now) => (now === id ? null : now));
  const closeAdder = () => setIsAdding(false);
  const move = (place: number, by: -1 | 1) => {
    const ids = asked.map(({ id }) => id);
    const [moved] = ids.splice(place, 1);
    if (moved !== undefined) ids.splice(place + by, 0, moved);
    void diary.reorderList(ids);
  };
  return (
    <>
      {asked.length > 0 && (
        <Card rows as="ul">
          {asked.map((item, place) => (
            <li key={item.id}>
              <Row
                title={item.text}
                {...(detailOf ? { detail: detailOf(item) } : {})}
                end={
                  <span className={styles.tools}>
                    <IconButton
                      label={text(messages.up, { name: item.text })}
                      icon={<ArrowUp aria-hidden />}
                      disabled={place === 0}
                      onClick={() => move(place, -1)}
                    />
                    <IconButton
                      label={text(messages.down, { name: item.text })}
                      icon={<ArrowDown aria-hidden />}
                      disabled={place === asked.length - 1}
                      onClick={() => move(place, 1)}
                    />
                    <IconButton
                      label={text(messages.change, { name: item.text })}
                      icon={<Pencil aria-hidden />}
                      aria-expanded={open === item.id}
                      onClick={() => setOpen(open === item.id ? null : item.id)}
                    />
                  </span>
                }
              />
              {open === item.id && (
                <div className={styles.editor}>
                  {renderEditor(item, () => close(item.id))}
                  <div className={styles.actions}>
                    <Button
                      look="line"
                      small
                      onClick={() => {
                        close(item.id);
                        void diary.setArchived(item.id, true);
                      }}
                    >
                      {text(messages.putAway)}
                    </Button>
                    <span className={styles.quiet}>{text(messages.putAwayNote)}</span>
                  </div>
                </div>
              )}
            </li>
          ))}
        </Card>
      )}
      {isAdding || asked.length === 0 ? (
        <div className={styles.adder}>{renderAdder(closeAdder)}</div>
      ) : (
        <div>
          <Button look="quiet" small onClick={() => setIsAdding(true)}>
            {text(messages.addNew)}
          </Button>
        </div>
      )}
      {away.length > 0 && (
        <details className={styles.away}>
          <summary>{text(messages.putAwayTitle)}</summary>
          <Card rows as="ul">
            {away.map((item) => (
              <li key={item.id}>
                <Row
                  title={item.text}
                  end={
                    <Button look="plain" small onClick={() => void diary.setArchived(item.id, false)}>
                      {text(messages.takeOut)}
                    </Button>
                  }
                />
              </li>
            ))}
          </Card>
        </details>
      )}
    </>
  );
}
