import { defineMessages } from '../../i18n/define-messages.ts';

export const messages = defineMessages('timeline', {
  mood: 'Mood',
  moodKey: 'dots: check-ins · line: 7-day average · band: their usual range',
  moodKeyNoBand: 'dots: check-ins · line: 7-day average',
  higherMood: 'Higher is more pleasant. Hollow dots: energy was not given.',
  pleasant: 'pleasant',
  unpleasant: 'unpleasant',
  values: 'Close to what matters',
  valuesKey: '0 far from it, 10 very close · higher is closer',
  mean: 'average {mean}',
  close: 'very close',

  noMood: 'No moods in these days.',
  nothing: 'Nothing is shared in these days.',
  daysWith:
    '{checkIns, plural, one {# check-in} other {# check-ins}} on {daysWith} of {days, plural, one {# day} other {# days}}.',
  onAverage: 'On average {pleasant}.',
  lastWeek: 'In the last 7 days: {pleasant}.',
  lastWeekBelow:
    'In the last 7 days: {pleasant}; {n, plural, one {# day} other {# days}} below their usual range.',
  lastWeekAbove:
    'In the last 7 days: {pleasant}; {n, plural, one {# day} other {# days}} above their usual range.',
  lastWeekBoth:
    'In the last 7 days: {pleasant}; {below, plural, one {# day} other {# days}} below their usual range, {above} above.',
  lastWeekInside: 'In the last 7 days: {pleasant}, within their usual range.',
  lastWeekSilent: 'No moods in the last 7 days.',
  withoutPlace:
    '{n, plural, one {# check-in has} other {# check-ins have}} words but no place on this chart.',
  fewDays: 'A usual range is drawn from 14 days on.',
  valueSentence: '{value}: average {mean} of 10, {n, plural, one {# answer} other {# answers}}.',

  chart: 'Chart',
  table: 'Table',
  showAs: 'Show as',
  tableName: 'The same as a table, newest day first',
  day: 'Day',
  checkIns: 'Check-ins',
  pleasantness: 'Pleasantness, −10 to +10',
  sevenDays: '7-day average',
  noNumber: '–',

  entries: 'Entries',
  entryCount: '{n, plural, =0 {no entries} one {# entry} other {# entries}}',
  search: 'Search these entries',
  withText: 'with words',
  sidePleasant: 'pleasant',
  sideUnpleasant: 'unpleasant',
  filters: 'Which entries',
  noneFound: 'No entry fits.',
  showAll: 'Show all',
  more: 'Show {n} more',
  notPrinted: '{n, plural, one {One more entry is} other {# more entries are}} not on this page.',
  aNote: 'A note',
  around: 'What was around',
  matters: 'What matters',
  valueAnswer: '{value}: {closeness}',
  atTime: '{day} {time}',
  writtenLater: 'written {day}',
  fresh: 'new',
});
