/**
 * Reminders as a calendar file (RFC 5545): the phone's own calendar rings, with no server and no network.
 *
 * Times are floating (3.3.5, form 1): nine in the evening is nine on whatever clock the person looks at, summer time
 * and journeys included, and the file does not say where they live. The words are neutral unless the person chose
 * otherwise, because a calendar shows them on a locked screen and may copy them to other machines.
 *
 * A calendar knows nothing of the diary: it does not ease off and does not see what was already answered.
 */
import { type HeldReminder, type LocalDay, addDays, noonOfDay, timeOutOfQuiet } from '@evenkeel/journal';

export type CalendarOptions = {
  /** What the calendar shows for every reminder. */
  readonly words: string;
  /** Address of the app; a touch on the link opens what the reminder asks for. */
  readonly origin: string;
  /** Milliseconds UTC. */
  readonly now: number;
};

const LONGEST_LINE_OCTETS = 75;
const DAY_MS = 86_400_000;
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

/** One event for each time of each reminder that is on. */
export function writeReminderCalendar(
  reminders: readonly HeldReminder[],
  { words, origin, now }: CalendarOptions,
): string {
  const stamp = `${new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  const events = reminders
    .filter(({ on }) => on)
    .flatMap((reminder) =>
      ringsOfDay(reminder).map(({ time, later }) => {
        const start = `${compactDay(addDays(firstDay(reminder), later ? 1 : 0))}T${time.replace(':', '')}00`;
        return [
          'BEGIN:VEVENT',
          // The same reminder at the same time is the same event, so that a newer file replaces an older one.
          `UID:${reminder.id}-${time.replace(':', '')}@evenkeel`,
          `DTSTAMP:${stamp}`,
          `DTSTART:${start}`,
          'DURATION:PT5M',
          `RRULE:${ruleOf(reminder, later)}`,
          `SUMMARY:${escapeText(words)}`,
          `URL:${origin}/?reminder=${reminder.id}`,
          'CLASS:PRIVATE',
          'TRANSP:TRANSPARENT',
          'BEGIN:VALARM',
          'ACTION:DISPLAY',
          `DESCRIPTION:${escapeText(words)}`,
          'TRIGGER:PT0S',
          'END:VALARM',
          'END:VEVENT',
        ];
      }),
    );
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Evenkeel//Reminders//EN',
    'CALSCALE:GREGORIAN',
    ...events.flat(),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}

/** When it rings, with what waits for the end of the quiet hours; `later`: that end lies in the next morning. */
function ringsOfDay({
  times,
  quiet,
}: HeldReminder): readonly { readonly time: string; readonly later: boolean }[] {
  const rings = times.map((time) => timeOutOfQuiet(time, quiet));
  return rings.filter(
    (ring, place) =>
      rings.findIndex(({ time, later }) => time === ring.time && later === ring.later) === place,
  );
}

/** The first day on or after the reminder's own, and after its pause, that its rule names (RFC 5545, 3.8.5.3). */
function firstDay({ days, from, pausedUntil }: HeldReminder): LocalDay {
  const start = pausedUntil !== null && pausedUntil > from ? pausedUntil : from;
  switch (days.rhythm) {
    case 'weekdays': {
      const ahead = [0, 1, 2, 3, 4, 5, 6].find((count) => days.on.includes(weekdayOf(addDays(start, count))));
      return addDays(start, ahead ?? 0);
    }
    case 'every': {
      const gone = Math.round((noonOfDay(start) - noonOfDay(from)) / DAY_MS);
      return addDays(from, Math.ceil(gone / days.count) * days.count);
    }
  }
}

function ruleOf({ days }: HeldReminder, later: boolean): string {
  switch (days.rhythm) {
    case 'weekdays':
      return `FREQ=WEEKLY;BYDAY=${days.on.map((day) => WEEKDAYS[(day - 1 + (later ? 1 : 0)) % 7]).join(',')}`;
    case 'every':
      return `FREQ=DAILY;INTERVAL=${days.count}`;
  }
}

/** 1 Monday – 7 Sunday. */
function weekdayOf(day: LocalDay): number {
  return new Date(noonOfDay(day)).getUTCDay() || 7;
}

function compactDay(day: LocalDay): string {
  return day.replaceAll('-', '');
}

/** RFC 5545, 3.3.11. */
function escapeText(text: string): string {
  return text.replaceAll(/[\\;,]/g, String.raw`\$&`).replaceAll(/\r?\n|\r/g, String.raw`\n`);
}

/** Lines of at most 75 octets, cut between characters (RFC 5545, 3.1). */
function fold(line: string): string {
  const encoder = new TextEncoder();
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > LONGEST_LINE_OCTETS) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}
