import { defineMessages } from '../../i18n/define-messages.ts';

export const messages = defineMessages('check-in', {
  // the sea
  sea: 'The mood sea',
  seaHelp:
    'Left is unpleasant, right is pleasant. Up is more energy, down is less. Arrow keys move, Enter opens the check-in.',
  howPleasant: 'How pleasant',
  howMuchEnergy: 'How much energy',
  tense: 'tense',
  bright: 'bright',
  calm: 'calm',
  low: 'low',
  notSaid: 'not said',

  // the sheet
  title: 'Check in',
  editTitle: 'Change this entry',
  now: 'Now, {time}',
  timeLine: '{time} · <0>change</0>',
  changeSpoken: 'change when it was',
  changeTime: 'When was it?',
  done: 'Done',
  close: 'Close',
  day: 'Day',
  time: 'Time',
  onlyDay: 'I do not know the hour',
  itIsNow: 'It is about now',
  bothKept: 'We keep both: when it was, and when you wrote it.',
  aboutDay: 'About {day}',
  aboutDayTime: 'About {day}, {time}',
  keepTime: 'Leave the time as it is',

  yourPoint: 'Where you are',
  adjust: 'Move it with sliders',
  placeWithSliders: 'Place it with sliders',
  takePointAway: 'Take the point away',
  placedByWords: 'Placed by your words.',

  whichWords: 'Which words fit?',
  more: 'more…',
  fewer: 'fewer',
  searchWords: 'Search, or write your own word',
  useOwn: 'use “{word}”',
  noSuchWord: 'No word like that in the list. You can use your own.',
  mixed: 'Mixed feelings. They can be true at the same time.',
  orAnswer: 'Or leave it open',
  most: 'That is as many words as one entry keeps.',

  whatMatters: 'What matters to you',
  howClose: 'How close were you to it today?',
  notAnswered: 'not answered',
  addValue: '+ add what matters',
  valueName: 'What matters to you, in your words',
  startWith: 'Or start with one of these',

  around: 'Around it',
  add: '+ add',
  addIt: 'Add',
  cancel: 'Cancel',
  aroundName: 'A word for it',
  group: 'What is it?',
  activities: 'Something I did',
  people: 'A person',
  places: 'A place',
  tags: 'Something else',

  // what is switched on one by one
  moreToLog: '+ log something else',
  moreToLogNote: 'It is asked from now on. You can turn any of this off: Me, What I track.',
  leaveOut: 'leave out',
  leaveOutSpoken: '{title}: leave out',
  ofTen: '{n} of 10',
  ofMost: '{n} of {most}',

  sleep: 'Sleep',
  sleepNote: 'The night before.',
  howLong: 'How long?',
  howWell: 'How well?',
  addTimes: '+ times',
  asleep: 'Fell asleep',
  awake: 'Woke up',

  energy: 'Energy',
  energyLabel: 'Energy in your body',
  noEnergy: 'none at all',
  fullEnergy: 'full of it',

  symptoms: 'Symptoms',
  symptomName: 'What you want to watch',
  howStrong: '{name}: how strong?',
  whenInDay: '{name}: when?',
  anotherTime: '+ another time',

  cravings: 'Cravings',
  cravingName: 'An urge, in your words',
  noCraving: 'not at all',
  strongestCraving: 'as strong as can be',

  trackers: 'My own trackers',
  makeTracker: 'Make a tracker',
  editTrackers: 'Change my trackers',
  nameInUnit: '{name} ({unit})',
  minutes: 'minutes',
  yes: 'Yes',
  no: 'No',

  words: 'Anything you want to remember…',
  save: 'Save',
  saveChanges: 'Save changes',
  throwAway: 'Throw the changes away',
  sealed: 'Sealed on this device. Nobody else can read it.',

  // written while locked
  quickTitle: 'Quick entry',
  quickWhat: 'You can write here, and nothing can be read. Your diary stays closed.',
  quickKept: 'Nothing is kept until you press Save. After that only your open diary can read it.',
  quickSaved: 'Saved on this {device, select, phone {phone} other {computer}}, and sealed.',
  quickSavedMore: 'It is in your journal when you next open it, marked “written while locked”.',
  quickMore: 'Write another',
  quickOpen: 'Open my diary',
  quickNoRoom:
    'This device is full, so it was not saved. What you wrote is still here. Free some space, then press Save again.',
  quickTooMany:
    'As many entries wait here as can wait. Open your diary once: it takes them in. What you wrote is still here.',
  quickNotPossible: 'It could not be saved here. Nothing was kept. Open your diary to write it down.',

  problemNoRoom:
    'This device is full, so it was not saved. What you wrote stays here while this page is open. Free some space, then press Save again.',
  problemDraft:
    'This device is full. What you write stays here only while this page is open. Free some space, then press Save.',
  problemTime: 'That day or time cannot be right. It must not lie in the future.',
  problemTooMuch: 'That is more than one entry can keep. Shorten it a little, then save again.',
  problemGone:
    'This entry was deleted elsewhere. What you wrote is kept here as a draft. Save makes it a new entry.',
});
