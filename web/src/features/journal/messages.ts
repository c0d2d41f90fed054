import { defineMessages } from '../../i18n/define-messages.ts';

export const messages = defineMessages('journal', {
  title: 'Journal',
  search: 'Search, on this {device, select, phone {phone} other {computer}}',
  empty: 'Nothing here yet',
  emptyMore: 'What you log on Today appears here, day by day.',
  toToday: 'Go to Today',
  nothingFound: 'Nothing found for “{sought}”.',
  nothingFoundSoFar: 'Nothing found for “{sought}” in what is open so far.',
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
