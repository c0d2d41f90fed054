import type { RemindablePart } from '@evenkeel/journal';
import { defineMessages } from '../../i18n/define-messages.ts';

export const messages = defineMessages('reminders', {
  // the list
  title: 'Reminders',
  emptyTitle: 'No reminders yet',
  empty:
    'Make one if it helps. There is no need to. Nothing is counted, and nothing is lost if you do not answer.',
  add: 'New reminder',
  detail: '{times} · {days}. Opens {opens}.',
  next: 'Next: {day}, {time}',
  noNext: 'Nothing coming up',
  isOff: 'Switched off',
  pausedUntil: 'Paused until {day}',
  pauseAll: 'Pause all for a week',
  goOnAll: 'End the pause',

  // the three ways
  ways: 'How you are reminded',
  wayOpening: 'When you open the app',
  wayOpeningMore:
    'If a time has passed and you have not answered, one quiet line stands on Today. This always works.',
  wayCalendar: 'By your own calendar',
  wayCalendarMore:
    'A calendar file works with no server and no network, on every phone. Your calendar does not know what you wrote. It rings even if you have answered, and it does not ease off.',
  wayCalendarAgain:
    'Changed a reminder? Take a new file. Events you no longer want, you delete in your calendar.',
  calendarWords: 'What the calendar shows',
  calendarWordsMore: 'These words stand on your locked screen. Others may see them.',
  calendarNeutral: '{name} reminder',
  calendarTake: 'Take the calendar file',
  calendarTaken: 'The file is in your downloads. Open it to add it to your calendar.',
  calendarNothing: 'Switch on a reminder first. Then there is something to put in the file.',

  wayPush: 'By a push from your server',
  wayPushMore:
    'The app wakes this {device} even when it is closed. The server learns the time only. The push is empty, and the notice says “{name} reminder” and no more.',
  wayPushWho:
    'The push travels through the maker of your browser. They see that your server woke you, and when.',
  pushOn: 'Wake this {device}',
  pushNoServer: 'For this you need a server. You can join one under “My server”.',
  pushImpossible: 'This browser cannot be woken. The calendar file works here.',
  pushInstall:
    'On an iPhone or iPad, first put the app on the home screen. Then open it from there and switch this on.',
  pushForbidden:
    'Notices from this app are switched off in your browser. You can allow them in its settings.',
  pushOffline: 'Your server cannot be reached now. Nothing has changed. Try again later.',
  pushRefused: 'That did not work. Nothing has changed, and your diary is safe. Try again later.',

  // one of them
  newTitle: 'New reminder',
  changeTitle: 'Change reminder',
  words: 'In your own words',
  wordsMore: 'You see them in the app alone. They are never shown on a locked screen.',
  time: 'Time',
  timeN: 'Time {n}',
  removeTime: 'Remove time {n}',
  addTime: 'Add a time',
  howOften: 'How often',
  onWeekdays: 'On days of the week',
  everySo: 'Every few days',
  weekdays: 'Days of the week',
  everyCount: 'Days from one to the next',
  opens: 'What it opens',
  quiet: 'Quiet hours',
  quietMore: 'What falls in them waits until they end.',
  quietFrom: 'From',
  quietTo: 'Until',
  eases: 'Ease off by itself',
  easesMore: 'If you do not answer, it asks less and less often. When you answer, it asks as before.',
  isOn: 'On',
  save: 'Save',
  remove: 'Delete this reminder',
  removeAsk: 'Delete this reminder for good?',
  removeYes: 'Delete it',
  keep: 'Keep it',
  noWords: 'Write a few words, so that you know what it is about.',
  noTime: 'Choose a time.',
  noDay: 'Choose at least one day.',
  noCount: 'Choose a number from 1 to 366.',
  unusable: 'This could not be kept. Please look at the words, times and days.',
  noRoom: 'There is no room left on this device, so nothing was kept. Make some room and try again.',
  gone: 'This reminder was deleted on another device.',

  // the line on Today
  dueMore: 'You asked to be asked.',
  dueGroup: 'Your reminder',
  notNow: 'Not now',
  more: 'More choices',
  pauseWeek: 'Pause for a week',
  turnOff: 'Turn it off',
  change: 'Change it',

  everyDay: 'every day',
  everyN: '{n, plural, one {every day} other {every # days}}',
  opensCheckIn: 'a check-in',
  opensPart: 'the check-in at “{part}”',
  opensReview: 'the look back on the week',
});

export const partMessages: Readonly<
  Record<RemindablePart, { readonly id: string; readonly message: string }>
> = defineMessages('reminders-part', {
  values: 'What matters',
  surroundings: 'What was around',
  sleep: 'Sleep',
  energy: 'Energy',
  symptoms: 'Symptoms',
  cravings: 'Cravings',
  substances: 'Alcohol and drugs',
  medication: 'Medication',
  trackers: 'My own trackers',
});
