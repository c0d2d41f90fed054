import { defineMessages } from '../../i18n/define-messages.ts';

export const messages = defineMessages('backup', {
  title: 'Backup',
  why: 'A backup is one file with your whole diary, sealed. It brings your diary back, even with no server.',
  where:
    'Do not keep it only on this {device, select, phone {phone} other {computer}}. A stick is good, or another disk.',
  sealed:
    'Only your recovery kit or your passphrase opens it. Whoever finds it can see how much is in it, but nothing you wrote.',

  noWayTitle: 'Make a recovery kit first',
  noWay:
    'A backup made now could not be opened again: this diary has no kit and no passphrase. A PIN or this device’s own lock stays on this device.',
  makeKit: 'Make my recovery kit',

  lastTitle: 'Your last backup',
  lastMade: 'Made',
  lastHolds: 'Holds',
  lastSize: 'Size',
  lastOpens: 'Opens with',
  entries: '{n, plural, =0 {no entries} one {# entry} other {# entries}}',
  allIn: 'Everything you wrote is in it.',
  newer: '{n, plural, one {One entry is} other {# entries are}} newer than it.',
  noneYet: 'There is no backup yet.',
  wayRecovery: 'your 24 words',
  wayPassphrase: 'your passphrase',
  wayBoth: 'your 24 words or your passphrase',

  save: 'Save a backup file',
  saveElsewhere: 'Save it in another place',
  download: 'Download a backup',
  downloadInstead: 'Download one instead',
  writing: 'Writing the backup',
  written:
    'Saved: {n, plural, =0 {no entries yet} one {one entry} other {# entries}}. The file is kept up to date from now on.',
  rewritten: 'Saved: {n, plural, =0 {no entries yet} one {one entry} other {# entries}}.',
  downloaded:
    'Downloaded: {n, plural, =0 {no entries yet} one {one entry} other {# entries}}. Move the file to a safe place.',
  keptUp: 'The file {name} is written again by itself after each change.',
  asks: 'The browser wants to ask you again before we may write to {name}. What is in the file stays as it was.',
  allow: 'Allow it, and save now',
  gone: 'The file {name} is not where it was. Choose a place again.',
  full: 'The disk with {name} is full. The backup from before is still in the file.',
  failed: 'The browser could not write to {name}. The backup from before is still in the file.',
  tryAgain: 'Try again',
  letGo: 'Stop writing to this file',
  letGoMore: 'The file stays where it is.',

  cancelled: 'No place was chosen. Nothing was saved.',
  notAllowed: 'The browser did not allow it. Nothing was changed.',
  fileGone: 'The file is not where it was. Nothing was saved.',
  noRoom: 'There is not enough room on that disk. Nothing was saved, and your diary is whole.',
  notWritten: 'The browser could not write the file. Your diary is whole. Try another place.',

  remindLabel: 'Remind me',
  remindHint: 'When your last backup is older than this, one quiet line on Today says so.',
  remind7: 'after a week',
  remind30: 'after a month',
  remind90: 'after three months',
  remindNever: 'never',

  testTitle: 'Does it work?',
  testText: 'We open the file again. We look at all that is in it, and at your diary.',
  testKept: 'Test my backup',
  testFile: 'Choose the file to test',
  testing: 'Testing the backup',
  testGood:
    'It works. Made {when}. All {n, plural, =0 {entries} one {entries} other {# entries}} of your diary are in it, and each opens.',
  testBehind:
    'It opens. Made {when}. {same, plural, =0 {No entry is} one {One entry is} other {# entries are}} in it as now.',
  testChanged: '{n, plural, one {One entry has} other {# entries have}} changed since.',
  testMissing: '{n, plural, one {One entry is} other {# entries are}} newer than it.',
  testUnreadable:
    '{n, plural, one {One part} other {# parts}} of the file cannot be read. Make a new backup, on another disk if you can.',
  testOpensRecovery: 'It opens with your 24 words.',
  testOpensPassphrase: 'It opens with your passphrase.',
  testOpensBoth: 'It opens with your 24 words or your passphrase.',
  testOldRecovery: 'The words are those of an older kit. A new backup takes the new ones.',
  testOldPassphrase: 'The passphrase is the one you had when it was made.',

  backTitle: 'Bring a backup in',
  backText: 'What is in the file and not here is added. What you deleted stays deleted.',
  backFile: 'Choose a backup file',
  backWorking: 'Bringing it in',
  backDone:
    '{n, plural, =0 {Everything in it was here already.} one {One entry was added.} other {# entries were added.}}',
  backUnreadable:
    '{n, plural, one {One part} other {# parts}} of the file could not be read and was left out.',
  backNoRoom: 'This device is full. What was brought in so far is kept.',

  notABackup: 'This is not a backup of this app. Nothing was changed.',
  newerApp: 'A newer version wrote this file. Update this app, then try again.',
  cutShort: 'The file ends too early, as a copy does that was broken off. Copy it again, or use another one.',
  damaged: 'The file was changed or damaged since it was made. Nothing of it was used. Use another one.',
  otherDiary: 'This is the backup of another diary, not of the one on this device. Nothing was changed.',
  noFile: 'The file is not there, or cannot be read.',

  // on an empty device
  restoreTitle: 'Your backup file',
  restoreText: 'Choose the file. It is read on this device only, and no network is needed.',
  restoreReading: 'Reading the file…',
  restoreMade: 'This backup was made {date}.',
  restoreWords: 'Your 24 words',
  restoreWordsHint: 'From your recovery kit. Capital letters and line breaks do not matter.',
  restorePassphrase: 'Your passphrase',
  restorePassphraseHint: 'The one you had when the backup was made.',
  useWords: 'Use my 24 words instead',
  usePassphrase: 'Use my passphrase instead',
  openIt: 'Open my backup',
  opening: 'Opening each entry',
  wrongWords: 'These words do not open this backup. Each kit opens only its own backups.',
  wrongPassphrase: 'This passphrase does not open this backup.',
  anotherFile: 'Choose another file',
  found: '{n, plural, =0 {No entries} one {One entry} other {# entries}} came out of the file.',
  foundUnreadable:
    '{n, plural, one {One part of it} other {# parts of it}} could not be read and was left out.',
  alreadyHere:
    'This diary lies on this device already. Choose a new lock for it. Then bring the file in under Me, Backup.',
  roomGone: 'This device has too little room for the diary. Nothing was kept. Make room, then try again.',
  noStorage: 'This browser does not let us keep anything. Nothing was kept.',

  // on Today
  due: 'Your last backup is from {date}. {n, plural, one {One entry is} other {# entries are}} newer.',
  dueDo: 'Save a new one',
  first: 'All you wrote is only on this {device, select, phone {phone} other {computer}}.',
  firstClosed:
    'If this {device, select, phone {phone} other {computer}} is lost, only a checked recovery kit opens the copy on your server. You have none yet.',
  firstDo: 'Keep it safe',
  later: 'Not now',
});
