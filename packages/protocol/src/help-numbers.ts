/**
 * Numbers for a bad hour, as a host may keep them in place of those that come with the app (decision 0019). The
 * server parses its host's file with this, and the app parses again what a server says: whatever a server answers,
 * a link on that page calls, begins a text or opens a site, and what it leads to can be shown.
 */
import { z } from './z.ts';

/** Of the whole list as JSON: bytes of the file, characters of the answer. */
export const MOST_HELP_NUMBERS = 32_768;
/** In one list. */
export const MOST_NUMBERS = 24;

/** One line of a person's language: no control characters, and none that turns the order of what follows. */
const PLAIN = /^(?:[\u200c\u200d]|[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}])*$/u;
const wordsSchema = (most: number) => z.string().check(z.maxLength(most), z.regex(/\S/), z.regex(PLAIN));

/** A day of the calendar, YYYY-MM-DD. */
const calendarDaySchema = z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/), z.refine(isDay));

/** What a phone dials: no pauses, no `*` or `#`, which can change how a phone is set up. */
const callSchema = z.string().check(z.regex(/^tel:\+?\d{3,15}$/), z.refine(isOrdinaryNumber));
/** To whom, and nothing in it. */
const textSchema = z.string().check(z.regex(/^sms:\+?\d{3,15}$/), z.refine(isOrdinaryNumber));
/** A public name, no one's name and password before it, no port. */
const siteSchema = z
  .string()
  .check(
    z.maxLength(300),
    z.regex(/^https:\/\/(?:[a-z0-9-]{1,63}\.)+[a-z]{2,63}(?:\/[\w.~%!$&()*+,;=:@/?#-]*)?$/),
  );

const whoSchema = {
  id: z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,39}$/)),
  name: wordsSchema(80),
  detail: wordsSchema(160),
  /** When somebody last made sure that it is right. */
  checked: calendarDaySchema,
  /** Where that can be read. */
  source: wordsSchema(120),
};

export const helpNumberSchema = z.discriminatedUnion('act', [
  z.strictObject({ ...whoSchema, act: z.literal('call'), href: callSchema }),
  z.strictObject({ ...whoSchema, act: z.literal('text'), href: textSchema }),
  z.strictObject({ ...whoSchema, act: z.literal('open'), href: siteSchema }),
]);
export type HelpNumber = z.infer<typeof helpNumberSchema>;

/** GET /v1/help-numbers: the host's list, where there is one. */
export const helpNumbersSchema = z.strictObject({
  country: wordsSchema(60),
  /** Of names and details, as BCP 47 writes it. */
  language: z.string().check(z.maxLength(35), z.regex(/^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/)),
  checked: calendarDaySchema,
  numbers: z.array(helpNumberSchema).check(z.minLength(1), z.maxLength(MOST_NUMBERS), z.refine(hasOwnIds)),
});
export type HelpNumbers = z.infer<typeof helpNumbersSchema>;

function isDay(text: string): boolean {
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/**
 * Not one of the ranges of the United Kingdom that cost more than an ordinary call: 09, 084 and 087, 070, and the
 * directories on 118. Also not with the country's code before it, nor behind 141 or 1470, which hide or show who calls.
 */
function isOrdinaryNumber(href: string): boolean {
  const dialled = href.replace(/^\w+:/, '').replace(/^1(?:41|470)(?=\d)/, '');
  return !/^(?:09|08[47]|070|118)/.test(dialled.replace(/^(?:\+|00)440?/, '0'));
}

function hasOwnIds(numbers: readonly { readonly id: string }[]): boolean {
  return new Set(numbers.map(({ id }) => id)).size === numbers.length;
}
