import { expect, test } from 'vitest';
import { makeDaylio } from '../fixtures/make-daylio.ts';
import { type DaylioReading, WHAT_TO_DO, readDaylioCsv } from './daylio-csv.ts';
import { noteText } from './note-text.ts';

function read(csv: string | Uint8Array): Extract<DaylioReading, { ok: true }> {
  const reading = readDaylioCsv(csv);
  if (!reading.ok) throw new Error(reading.reason);
  return reading;
}

test('the header of 2019 is read, whatever the order of the date and the style of the time', () => {
  const reading = read(
    'full_date,date,weekday,time,mood,activities,note_title,note\n' +
      '2026-09-28,28 September,Monday,10:00 pm,sad ,"clean | movies / tv | bad sleep ","",""\n' +
      '2026-04-12,April 12,Sunday,14:03,rad,walk,A title,"Said ""yes"""\n' +
      '2019-12-17,Dec 17,Tuesday,10:04\u202fAM,meh,,,Awesome\n' +
      '2019-12-16,Dec 16,Monday,12:00 am,meh,,,',
  );
  expect(reading.header).toBe('2019');
  expect(reading.badRows).toEqual([]);
  expect(reading.rows.map(({ raw: _raw, ...row }) => row)).toEqual([
    {
      line: 2,
      row: 1,
      day: '2026-09-28',
      time: { hour: 22, minute: 0 },
      mood: 'sad',
      activities: ['clean', 'movies / tv', 'bad sleep'],
      scales: [],
      words: '',
    },
    {
      line: 3,
      row: 2,
      day: '2026-04-12',
      time: { hour: 14, minute: 3 },
      mood: 'rad',
      activities: ['walk'],
      scales: [],
      words: 'A title\n\nSaid "yes"',
    },
    {
      line: 4,
      row: 3,
      day: '2019-12-17',
      time: { hour: 10, minute: 4 },
      mood: 'meh',
      activities: [],
      scales: [],
      words: 'Awesome',
    },
    {
      line: 5,
      row: 4,
      day: '2019-12-16',
      time: { hour: 0, minute: 0 },
      mood: 'meh',
      activities: [],
      scales: [],
      words: '',
    },
  ]);
});

test('the header of 2018 takes its day from the year and an English date in either order', () => {
  const reading = read(
    'year,date,weekday,time,mood,activities,note\n' +
      '2018,28 September,Friday,22:00,good,,x\n' +
      '2018,September 27,Thursday,22:00,good,,x\n' +
      '2018,Dec 17,Monday,22:00,good,,x\n' +
      '2018,26 septembre,Wednesday,22:00,good,,x\n' +
      '2018,26/9,Wednesday,22:00,good,,x\n' +
      '2018,February 29,Thursday,22:00,good,,x\n',
  );
  expect(reading.header).toBe('2018');
  expect(reading.rows.map((row) => row.day)).toEqual(['2018-09-28', '2018-09-27', '2018-12-17']);
  expect(reading.badRows.map((bad) => [bad.line, bad.reason])).toEqual([
    [5, 'day-not-understood'],
    [6, 'day-not-understood'],
    [7, 'day-not-understood'],
  ]);
});

test('the header of 2026 brings scales, kept in the words of the file', () => {
  const reading = read(
    '\ufefffull_date,date,weekday,time,mood,activities,scales,note_title,note\r\n' +
      '2026-04-12,April 12,Sunday,12:00,rested,"","Sleep Quality: 8/10 points | Sleep Time: 8:00 | Awake mid-sleep: 1:00","","x"\r\n',
  );
  expect(reading.header).toBe('2026');
  expect(reading.rows[0]?.scales).toEqual([
    'Sleep Quality: 8/10 points',
    'Sleep Time: 8:00',
    'Awake mid-sleep: 1:00',
  ]);
});

test('a column that is not known is named, with how many rows have something in it', () => {
  const reading = read(
    'full_date,date,weekday,time,mood,activities,weather,note\n2026-01-01,,,10:00,rad,,rain,\n2026-01-02,,,10:00,rad,,,',
  );
  expect(reading.unknownColumns).toEqual([{ name: 'weather', filled: 1 }]);
  expect(reading.rows).toHaveLength(2);
});

test('a file saved again by a spreadsheet is read: semicolons, tabs, UTF-16', () => {
  const semicolons =
    'full_date;date;weekday;time;mood;activities;note\n2026-01-01;;;10:00;rad;"a; b";yes, it was\n';
  expect(read(semicolons).rows[0]).toMatchObject({ activities: ['a; b'], words: 'yes, it was' });
  const utf16 = Buffer.from(`\ufeff${semicolons}`, 'utf16le');
  expect(read(utf16).rows[0]?.mood).toBe('rad');
  expect(read(new TextEncoder().encode(`\ufeff${semicolons}`)).rows).toHaveLength(1);
});

test('a quote that is never closed costs its own row and no other', () => {
  const reading = read(
    'full_date,date,weekday,time,mood,activities,note\n' +
      '2026-01-03,,,10:00,rad,,"never closed\n' +
      '2026-01-02,,,10:00,good,,"a note\nover two lines"\n' +
      '2026-01-01,,,10:00,meh,,"fine"\n',
  );
  expect(reading.rows.map((row) => [row.line, row.mood])).toEqual([
    [3, 'good'],
    [5, 'meh'],
  ]);
  expect(reading.badRows).toEqual([
    {
      line: 2,
      row: 1,
      reason: 'broken-quotes',
      whatToDo: WHAT_TO_DO['broken-quotes'],
      raw: '2026-01-03,,,10:00,rad,,"never closed',
    },
  ]);
});

test('what is no Daylio export is said not to be one', () => {
  expect(readDaylioCsv('')).toEqual({ ok: false, reason: 'empty' });
  expect(readDaylioCsv('\ufeff \n\n')).toEqual({ ok: false, reason: 'empty' });
  expect(readDaylioCsv('date,mood\n2026-01-01,5')).toEqual({ ok: false, reason: 'not-daylio' });
  expect(readDaylioCsv('full_date,full_date,time,mood\n')).toEqual({ ok: false, reason: 'not-daylio' });
  expect(readDaylioCsv(Uint8Array.of(0xc3, 0x28, 0x41))).toEqual({ ok: false, reason: 'not-text' });
  expect(readDaylioCsv(Uint8Array.of(0xff, 0xfe, 0x41))).toEqual({ ok: false, reason: 'not-text' });
});

test('notes in HTML become the text a person would see; text that only looks like HTML stays', () => {
  expect(noteText('Never mind<b>d</b>.')).toBe('Never mindd.');
  expect(noteText('Who knows.<br><br>Am I [[virtual]]?')).toBe('Who knows.\n\nAm I [[virtual]]?');
  expect(noteText('<ul><li>one</li><li class="x">two</li></ul><p>end</p>')).toBe('- one\n- two\n\nend');
  expect(noteText('I <3 tea &amp; a < b &lt;i&gt; &#128512; &#xe9; &unknown; &#0; &#xd800;')).toBe(
    'I <3 tea & a < b <i> \u{1f600} é &unknown; &#0; &#xd800;',
  );
});

test('the made-up diary: every fault is named, every row is either brought in or listed with what to do', () => {
  const fixture = makeDaylio();
  expect(fixture.faults.length).toBeGreaterThanOrEqual(12);
  expect(new Set(fixture.faults.map((fault) => fault.name)).size).toBe(fixture.faults.length);
  expect(fixture.expected.moments).toBeGreaterThanOrEqual(400);
  const reading = read(fixture.csv);
  // A note that is too long is only refused when its moment is made.
  const { 'too-long': tooLong = 0, ...unreadable } = fixture.expected.badRows;
  expect(reading.rows).toHaveLength(fixture.expected.moments + tooLong);
  const reasons: Record<string, number> = {};
  for (const bad of reading.badRows) reasons[bad.reason] = (reasons[bad.reason] ?? 0) + 1;
  expect(reasons).toEqual(unreadable);
  const lines = fixture.csv.split('\n');
  for (const bad of reading.badRows) {
    expect(bad.whatToDo.length).toBeGreaterThan(10);
    expect(lines[bad.line - 1]).toBe(bad.raw.split('\n')[0]);
  }
  for (const row of reading.rows) expect(lines[row.line - 1]).toContain(row.day);
});

test('200,000 random inputs give only typed outcomes, and no row is lost between good and bad', () => {
  const base = makeDaylio({ count: 6 }).csv.replace(/"(?:long )+"/, '"long"');
  const random = seeded(7);
  const outcomes: Record<string, number> = {};
  let lost = 0;
  for (let i = 0; i < 200_000; i += 1) {
    const reading = readDaylioCsv(i % 5 === 0 ? noise(random) : mangled(base, random));
    const outcome = reading.ok ? 'read' : reading.reason;
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    if (!reading.ok) continue;
    const numbers = [...reading.rows, ...reading.badRows].map((row) => row.row).toSorted((a, b) => a - b);
    if (!numbers.every((number, index) => number === index + 1)) lost += 1;
  }
  expect(
    Object.keys(outcomes).every((outcome) => ['read', 'not-text', 'not-daylio', 'empty'].includes(outcome)),
  ).toBe(true);
  expect(outcomes['read']).toBeGreaterThan(40_000);
  expect(lost).toBe(0);
});

const PIECES = [
  '"',
  '""',
  ',',
  '\n',
  '\r\n',
  '|',
  '2026-01-01,',
  '',
  '\ufeff',
  ';',
  '25:00',
  '<br>',
  '\u0000',
  '\ud800',
];

function mangled(text: string, random: () => number): string {
  let out = text.slice(0, 120 + Math.floor(random() * 900));
  for (let i = 0; i <= random() * 3; i += 1) {
    const at = Math.floor(random() ** 0.5 * out.length);
    out =
      out.slice(0, at) +
      (PIECES[Math.floor(random() * PIECES.length)] ?? '') +
      out.slice(at + Math.floor(random() * 3));
  }
  return out;
}

function noise(random: () => number): Uint8Array {
  return Uint8Array.from({ length: Math.floor(random() * 200) }, () => Math.floor(random() * 256));
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
