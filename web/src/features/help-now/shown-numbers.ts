/** Which numbers Help now shows: the host's where there are any, and always the emergency number of the app. */
import { type HelpNumber, type HelpNumbers, helpNumbersSchema } from '@evenkeel/protocol';
import shippedList from './help-numbers.uk.json' with { type: 'json' };

/** `language`: of its words, where they are another's. */
export type ShownNumber = HelpNumber & { readonly language: string };

export type ShownNumbers = {
  readonly keptBy: 'app' | 'host';
  readonly country: string;
  readonly checked: string;
  readonly numbers: readonly ShownNumber[];
};

const EMERGENCY = 'tel:999';

export const shipped = helpNumbersSchema.parse(shippedList);

/** A host can say who else to call. It cannot take the emergency number away, move it down or word it (decision 0019). */
export function shownNumbers(host: HelpNumbers | null): ShownNumbers {
  const own = shipped.numbers.map((number) => ({ ...number, language: shipped.language }));
  if (host === null) {
    const { country, checked } = shipped;
    return { keptBy: 'app', country, checked, numbers: own };
  }
  const { country, checked, language } = host;
  const others = host.numbers
    .filter(({ href }) => href !== EMERGENCY)
    .map((number) => ({ ...number, id: `host ${number.id}`, language }));
  return {
    keptBy: 'host',
    country,
    checked,
    numbers: [...own.filter(({ href }) => href === EMERGENCY), ...others],
  };
}

/**
 * The number or the site that a row leads to; null where its words say exactly that. Digits count as said only where
 * they stand together, so that a name with one number in it cannot lead to another.
 */
export function unsaidTarget({ act, href, name, detail }: Omit<HelpNumber, 'id'>): string | null {
  if (act === 'open') return new URL(href).host;
  const target = href.slice(href.indexOf(':') + 1);
  const said = `${name}\n${detail}`.match(/\+?\d[\d -]*/g) ?? [];
  return said.some((digits) => digits.replaceAll(/[ -]/g, '') === target) ? null : target;
}
