import { defineMessages } from '../../i18n/define-messages.ts';

export const messages = defineMessages('welcome', {
  what: 'A diary that only you can open.',
  whatMore:
    'Log how you feel in ten seconds, with or without a network. It is sealed on this {device, select, phone {phone} other {computer}} before it is stored. No account, no e-mail.',
  start: 'Start',
  usedBefore: 'I have used it before',
  emptied:
    'This browser empties sites you do not open for seven days. Your 24 words or a backup bring a diary back.',
  clinician: 'I am a clinician',

  who: 'Who can read it? Nobody but you.',
  whoMore:
    'Everything is locked with a key that is made here and stays with you. We cannot read it, and we cannot open it for you.',
  whoShare: 'Later you can show parts of it to somebody you choose, for as long as you choose.',
  goOn: 'Continue',
  step: 'Step {n} of {of}',

  phone: 'Is this your own {device, select, phone {phone} other {computer}}?',
  own: 'It is mine',
  ownMore: 'The diary stays here, sealed.',
  shared: 'Others use it too',
  sharedMore: 'It locks sooner, and leaves nothing open behind.',
  privateWindow: 'A private window forgets all of it when you close it. Use your usual window.',

  lock: 'How do you want to open it?',
  lockMore: 'You can change this later.',

  open: 'Open my diary',
  opening: 'Making your keys…',

  problemCancelled: 'That was not finished, so nothing was made. Try again, or choose another way.',
  problemNoPasskey: 'This device cannot use its own lock for this. Please choose another way.',
  problemNoStorage:
    'This browser does not let us keep anything. Leave the private window, or allow storage, and start again.',
});
