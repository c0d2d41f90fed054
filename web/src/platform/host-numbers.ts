/**
 * The list of help numbers that the people who run the server keep (decision 0019). It is asked for whenever the app
 * is opened and lies on this device, so that Help now waits for no network, no lock and no diary. A server is not
 * trusted with it: what comes, and what lies here, is parsed.
 */
import { type HelpNumbers, MOST_HELP_NUMBERS, helpNumbersSchema } from '@evenkeel/protocol';

type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const KEY = 'evenkeel-help-numbers';

/** Null where the host keeps none, or nothing of it has come here yet. */
export function readHostNumbers(kept: Kept = localStorage): HelpNumbers | null {
  try {
    return parse(kept.getItem(KEY) ?? '');
  } catch {
    // A browser that refuses its storage has the numbers of the app.
    return null;
  }
}

/** Only an answer that says so takes a list away (204); what fails, or does not parse, changes nothing. */
export async function askForHostNumbers(
  address = '/v1/help-numbers',
  kept: Kept = localStorage,
): Promise<void> {
  try {
    const reply = await fetch(address, { cache: 'no-cache', priority: 'low' });
    if (reply.status === 204) kept.removeItem(KEY);
    if (reply.status !== 200) return;
    const text = await reply.text();
    if (parse(text) !== null) kept.setItem(KEY, text);
  } catch {
    // No network, or no room: the next start asks again.
  }
}

function parse(text: string): HelpNumbers | null {
  if (text === '' || text.length > MOST_HELP_NUMBERS) return null;
  try {
    return helpNumbersSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
