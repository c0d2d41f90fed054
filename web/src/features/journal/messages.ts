import { defineMessages } from '../../i18n/define-messages.ts';

export const messages = defineMessages('journal', {
  title: 'Journal',
  search: 'Search, on this {device, select, phone {phone} other {computer}}',
  empty: 'Nothing here yet',
  emptyMore: 'What you log on Today appears here, day by day.',
  toToday: 'Go to Today',
  filters: 'Choose what is shown',
  toMonth: 'Go to a month',
  holds: 'Entries that hold',
  corner: 'Where on the sea',
  named: 'About',
  anything: 'anything',
  notForSharing: 'not for sharing',
  goTo: 'Go to a day',
  go: 'Go',
  quoted: '“{sought}”',
  found:
    '{n, plural, =0 {Nothing found for {asked}.} one {One entry with {asked}.} other {{n} entries with {asked}.}}',
  stillReading: 'Looking through older entries…',
  showAll: 'Show everything',

  partMood: 'a mood',
  partWords: 'written words',
  partSurroundings: 'what was around',
  partValues: 'what matters',
  partSleep: 'sleep',
  partSymptoms: 'symptoms or energy',
  partCravings: 'cravings',
  partSubstances: 'alcohol or drugs',
  partMedication: 'medication',
  partTrackers: 'own trackers',
  partQuestionnaire: 'a questionnaire',

  tense: 'unpleasant, high energy',
  bright: 'pleasant, high energy',
  low: 'unpleasant, low energy',
  calm: 'pleasant, low energy',

  older: 'Show older days',
  opening: 'Opening older days…',
  binLink: 'Bin',
  binned: 'Moved to the bin. It stays there for 30 days.',
  undo: 'Undo',

  binTitle: 'Bin',
  binMore:
    'Entries stay here for 30 days, hidden from everybody you share with. Then they are deleted for good.',
  binEmpty: 'The bin is empty.',
  until: 'until {date}',
  restore: 'Put back',
  erase: 'Delete for good',
  eraseTitle: 'Delete this entry for good?',
  eraseMore:
    'The entry and its history go from this device, and from your server at the next sync. This cannot be undone.',
  keep: 'Keep it',
});
