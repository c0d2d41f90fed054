import { defineMessages } from '../i18n/define-messages.ts';

export const messages = defineMessages('ui', {
  back: 'Back',
  close: 'Close',
  cancel: 'Cancel',
  helpNow: 'Help now',
  leave: 'Leave this page',
  show: 'Show what I typed',
  hide: 'Hide what I typed',
  less: 'Less: {label}',
  more: 'More: {label}',
  mainMenu: 'Main menu',
  progress: '{percent} percent',
});
