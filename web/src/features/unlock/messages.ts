import { defineMessages } from '../../i18n/define-messages.ts';

export const messages = defineMessages('unlock', {
  title: 'Welcome back',
  words: 'Your five words',
  own: 'Your passphrase',
  pin: 'Your PIN',
  open: 'Open',
  opening: 'Opening…',
  passkey: 'Use the lock of this {device, select, phone {phone} other {computer}}',
  or: 'or',
  quickEntry: 'Quick entry, without opening',
  kit: 'Lost it? <0>Use your recovery kit</0>. We cannot open it for you.',
  triesLeft:
    '{n, plural, one {One try left. After that the PIN is removed.} other {# tries left before the PIN is removed.}}',

  wrongWords: 'Those are not the words. Check the order and the spelling, then try again.',
  wrongOwn: 'That is not the passphrase. Check it with the eye, then try again.',
  wrongPin: 'That is not the PIN.',
  pinRemoved:
    'Ten wrong PINs, so the PIN was removed. Your diary is safe. Open it with another way you set up, or with your recovery kit.',
  cancelled: 'That was not finished. Try again, or open it another way.',
  noPasskey: 'The lock of this device did not answer. Open it another way, or with your recovery kit.',
  tampered:
    'What this device keeps of your lock has been changed, so we did not open it. Your entries are still sealed. Use your recovery kit.',
  newerApp: 'A newer version of the app wrote this. Load the page again with a network to get it.',
});
