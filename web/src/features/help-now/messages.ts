import { defineMessages } from '../../i18n/define-messages.ts';

export const messages = defineMessages('help-now', {
  title: 'You are not alone with this.',
  untold: 'Nobody is told that you opened this page.',
  plan: 'My plan',
  planMine: 'what helps me, in my words',
  planNone: 'not begun yet: one line is a start',
  planLocked: 'opens with your lock',
  talk: 'Talk to somebody now',
  call: 'call',
  text: 'text',
  textPerson: 'Text {name}',
  open: 'open',
  calls: 'calls {target}',
  texts: 'texts {target}',
  opens: 'opens {target}',
  checkedByApp: 'Numbers for the {country}, last checked on {date}.',
  checkedByHost: '{country}: kept by the people who run your server, checked on {date}.',
  offline: 'This page works without a network; calls need one.',
  source: 'Where the numbers are from, and when each was checked',
  sourceLine: '{name}: {source}, checked on {date}',
  leaving: 'Leaving quickly',
  leavingMore:
    '“Leave this page” shows a blank page at once. It stands here, and as a door at the top of a check-in. With a keyboard, Shift pressed three times does the same on every screen. The browser may still list this app among the pages you visited.',
});
