import { type HeldReminder, newSetting, createClock, ringsIn, settingOf } from '@evenkeel/journal';
import { bytesToDeviceId } from '@evenkeel/protocol';
import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { writeReminderCalendar } from './reminder-calendar.ts';

const clock = createClock({ now: () => 0, dev: bytesToDeviceId(new Uint8Array(16).fill(1)) });
const NOW = Date.UTC(2026, 9, 20, 9);
const options = { words: 'Evenkeel reminder', origin: 'https://diary.example', now: NOW };

function remind(changes: Partial<HeldReminder>): HeldReminder {
  const record = newSetting(
    {
      kind: 'reminder',
      text: 'Have I taken my quetiapine?',
      times: ['21:00'],
      days: { rhythm: 'weekdays', on: [1, 3, 5] },
      opens: { what: 'part', part: 'medication' },
      zone: 'UTC',
      quiet: null,
      from: '2026-10-20',
      easesOff: false,
      pausedUntil: null,
      on: true,
      ...changes,
    },
    { clock, now: 0 },
  );
  const setting = record && settingOf(record);
  if (setting?.kind !== 'reminder') throw new Error('not a reminder');
  return setting;
}

/** What a calendar makes of the file: the parser is another's. */
function events(file: string): readonly ICAL.Event[] {
  return new ICAL.Component(ICAL.parse(file))
    .getAllSubcomponents('vevent')
    .map((event) => new ICAL.Event(event));
}

function startsOf(event: ICAL.Event, count: number): readonly string[] {
  const steps = event.iterator();
  return Array.from({ length: count }, () => steps.next().toString().slice(0, 16));
}

test('a calendar rings at the times at which the app would', () => {
  const reminders = [
    remind({}),
    remind({ days: { rhythm: 'every', count: 3 }, times: ['08:15', '20:00'] }),
    remind({ quiet: { from: '20:30', to: '07:00' } }),
    remind({ quiet: { from: '20:30', to: '22:00' }, days: { rhythm: 'weekdays', on: [7] } }),
    remind({ quiet: { from: '20:30', to: '07:00' }, days: { rhythm: 'every', count: 14 } }),
    remind({ pausedUntil: '2026-10-25', days: { rhythm: 'every', count: 2 } }),
  ];
  for (const reminder of reminders) {
    const found = events(writeReminderCalendar([reminder], options))
      .flatMap((event) => startsOf(event, 4))
      .toSorted();
    const rung = ringsIn(reminder, new Set(), {
      after: Date.UTC(2026, 9, 20),
      until: Date.UTC(2027, 5, 1),
    }).map(({ at }) => new Date(at).toISOString().slice(0, 16));
    expect(rung.slice(0, found.length), JSON.stringify(reminder)).toEqual(found);
  }
});

test('a time in a calendar has no zone: nine is nine on whatever clock the person looks at', () => {
  const [event] = events(writeReminderCalendar([remind({ zone: 'Asia/Tokyo' })], options));
  expect(event?.startDate.zone).toBe(ICAL.Timezone.localTimezone);
  expect(event?.startDate.toString()).toBe('2026-10-21T21:00:00');
});

test('neither the summary nor the alarm says anything of the diary unless the person chose the words', () => {
  const file = writeReminderCalendar([remind({})], options);
  expect(file).not.toMatch(/quetiapine|medication/);
  const [event] = events(file);
  expect(event?.summary).toBe('Evenkeel reminder');
  const alarm = event?.component.getFirstSubcomponent('valarm');
  expect(alarm?.getFirstPropertyValue('description')).toBe('Evenkeel reminder');
  expect(alarm?.getFirstPropertyValue('action')).toBe('DISPLAY');
  const chosen = 'Tea, water; rest\\peace\nżółw';
  expect(events(writeReminderCalendar([remind({})], { ...options, words: chosen }))[0]?.summary).toBe(chosen);
});

test('the link of an event opens what that reminder asks for, and names nothing', () => {
  const reminder = remind({});
  const [event] = events(writeReminderCalendar([reminder], options));
  expect(event?.component.getFirstPropertyValue('url')).toBe(
    `https://diary.example/?reminder=${reminder.id}`,
  );
});

test('a newer file replaces the events of an older one', () => {
  const reminder = remind({ times: ['08:00', '21:00'] });
  const uids = (file: string) => events(file).map(({ uid }) => uid);
  const first = uids(writeReminderCalendar([reminder], options));
  expect(new Set(first).size).toBe(2);
  expect(uids(writeReminderCalendar([reminder], { ...options, words: 'Tea', now: NOW + 1000 }))).toEqual(
    first,
  );
});

test('a reminder that is switched off is not in the file', () => {
  expect(events(writeReminderCalendar([remind({ on: false })], options))).toEqual([]);
});

test('lines end as the standard says, and none is longer than 75 octets however it is written', () => {
  const file = writeReminderCalendar([remind({})], { ...options, words: '🌊 żółw, '.repeat(12).trim() });
  const lines = file.split('\r\n');
  expect(lines.pop()).toBe('');
  for (const line of lines) {
    expect(line).not.toMatch(/[\r\n]/);
    expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
  }
  expect(events(file)[0]?.summary).toBe('🌊 żółw, '.repeat(12).trim());
});
