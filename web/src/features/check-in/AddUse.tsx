import { DRINKS, unitsOfDrink } from '@evenkeel/journal';
import type { Drink, NamedSetting, SubstanceSetting } from '@evenkeel/journal';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/Button.tsx';
import { ChipButton, Chips } from '../../ui/Chip.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './CheckInForm.module.css';
import { drinkNames, partMessages as messages } from './part-messages.ts';
import { type NewUse, numberTyped, penceTyped } from './substances.ts';

type AddUseProps = {
  readonly substance: NamedSetting<SubstanceSetting>;
  readonly onAdd: (use: NewUse) => void;
  readonly onCancel: () => void;
};

/** One more use: a drink by its glass for alcohol, an amount in the person's unit for anything else. */
export function AddUse({ substance, onAdd, onCancel }: AddUseProps) {
  return substance.alcohol ? (
    <AddDrink onAdd={onAdd} onCancel={onCancel} />
  ) : (
    <AddAmount unit={substance.unit} onAdd={onAdd} onCancel={onCancel} />
  );
}

type WhatAdds = Pick<AddUseProps, 'onAdd' | 'onCancel'>;

function AddDrink({ onAdd, onCancel }: WhatAdds) {
  const text = useText();
  const [other, setOther] = useState(false);
  const [ml, setMl] = useState('');
  const [abv, setAbv] = useState('');
  const [spent, setSpent] = useState('');
  const drink = drinkTyped(ml, abv);
  return (
    <div className={styles.open}>
      <Chips label={text(messages.whichDrink)}>
        {DRINKS.map((one) => (
          <ChipButton
            key={one.id}
            onClick={() =>
              onAdd({
                amount: 1,
                unit: text(drinkNames[one.id]),
                drink: { ml: one.ml, abv: one.abv },
                ...spentOf(spent),
              })
            }
          >
            {text(messages.drinkOf, { name: text(drinkNames[one.id]), units: tenth(unitsOfDrink(one)) })}
          </ChipButton>
        ))}
        <ChipButton expanded={other} onClick={() => setOther(!other)}>
          {text(messages.otherDrink)}
        </ChipButton>
      </Chips>
      <form
        className={styles.groups}
        onSubmit={(event) => {
          event.preventDefault();
          if (drink === null) return;
          onAdd({ amount: 1, unit: text(messages.ownDrink, drink), drink, ...spentOf(spent) });
        }}
      >
        {other && (
          <div className={styles.pair}>
            <TextField
              inputMode="decimal"
              label={text(messages.ml)}
              value={ml}
              onChange={setMl}
              maxLength={6}
            />
            <TextField
              inputMode="decimal"
              label={text(messages.abv)}
              value={abv}
              onChange={setAbv}
              maxLength={5}
            />
          </div>
        )}
        <Foot spent={spent} onSpent={setSpent} onCancel={onCancel}>
          {other && (
            <Button look="quiet" small type="submit" disabled={drink === null}>
              {text(messages.addDrink)}
            </Button>
          )}
        </Foot>
      </form>
    </div>
  );
}

function AddAmount({ unit, onAdd, onCancel }: WhatAdds & { readonly unit: string }) {
  const text = useText();
  const [amount, setAmount] = useState('');
  const [spent, setSpent] = useState('');
  const number = numberTyped(amount);
  return (
    <form
      className={styles.open}
      onSubmit={(event) => {
        event.preventDefault();
        if (number !== null) onAdd({ amount: number, unit, ...spentOf(spent) });
      }}
    >
      <TextField
        inputMode="decimal"
        label={unit === '' ? text(messages.howMuch) : text(messages.amountOf, { unit })}
        value={amount}
        onChange={setAmount}
        maxLength={9}
        autoFocus
      />
      <Foot spent={spent} onSpent={setSpent} onCancel={onCancel}>
        <Button look="quiet" small type="submit" disabled={number === null}>
          {text(messages.add)}
        </Button>
      </Foot>
    </form>
  );
}

type FootProps = {
  /** Pounds as they are typed. */
  readonly spent: string;
  readonly onSpent: (typed: string) => void;
  readonly onCancel: () => void;
  /** The button that adds. */
  readonly children: ReactNode;
};

/** What it cost, for whoever wants to say it, and the way out. */
function Foot({ spent, onSpent, onCancel, children }: FootProps) {
  const text = useText();
  return (
    <>
      <TextField
        inputMode="decimal"
        label={text(messages.spent)}
        value={spent}
        onChange={onSpent}
        maxLength={9}
      />
      <div className={styles.actions}>
        {children}
        <Button look="plain" small onClick={onCancel}>
          {text(messages.cancel)}
        </Button>
      </div>
    </>
  );
}

/** Up to five litres, and up to pure alcohol. */
function drinkTyped(ml: string, abv: string): Drink | null {
  const [size, strength] = [numberTyped(ml), numberTyped(abv)];
  if (size === null || strength === null || size > 5000 || strength > 100) return null;
  return { ml: size, abv: strength };
}

function spentOf(typed: string): { readonly spent?: number } {
  const spent = penceTyped(typed);
  return spent === undefined ? {} : { spent };
}

function tenth(units: number): number {
  return Math.round(units * 10) / 10;
}
