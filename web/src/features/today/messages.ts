import { defineMessages } from '../../i18n/define-messages.ts';

export const messages = defineMessages('today', {
  question: 'How are you, right now?',
  touch: 'Touch the sea, or <0>pick a word instead</0>',
  unfinished: 'You began a check-in.',
  goOn: 'Go on',
  throwAway: 'Throw it away',
  saved: 'Saved {where}.',
  undo: 'Undo',
  lately: 'Lately',
  all: 'All entries',
});
