import { defineMessages } from '../i18n/define-messages.ts';

export const messages = defineMessages('app', {
  today: 'Today',
  journal: 'Journal',
  insights: 'Insights',
  sharing: 'Sharing',
  me: 'Me',
  sealed: 'Keys stay on this {device, select, phone {phone} other {computer}}',

  newVersion: 'A new version is ready',
  newVersionMore: 'Nothing changes until you say so. What you write stays.',
  newVersionDraft: 'Save or close your check-in first. Nothing you wrote is lost.',
  newVersionElsewhere: 'Another window already uses it. Load this one again when it suits you.',
  useIt: 'Use it now',

  brokenTitle: 'Something went wrong on this screen',
  brokenWhat: 'A part of the app stopped working. That is our fault, not yours.',
  brokenSafe:
    'Everything you saved is still sealed on this {device, select, phone {phone} other {computer}}.',
  brokenDo: 'Go back to the start. If it happens again, load the app again.',
  brokenAgain: 'Load the app again',
  brokenCode: 'For whoever helps you: {code}',
  toStart: 'Go to the start',

  lostTitle: 'There is no such page',
  lostMore: 'The address may be old, or mistyped.',

  insecureTitle: 'This address is not safe enough to open a diary',
  insecureWhy:
    'The page came over plain http from another machine. Anybody on the way could have changed it, and the browser gives such pages no keys. So nothing was started and nothing is kept here.',
  insecureWays: 'For the person who runs this server, there are three ways out:',
  insecureLocal: 'On the machine itself, open {address}.',
  insecureTls:
    'Give the server a key pair for https. Set TLS_CERT and TLS_KEY, and let PUBLIC_URL start with https.',
  insecureProxy: 'Or put a proxy with https before it, such as Caddy. Then set PUBLIC_URL to its address.',
  insecureRead: 'The page on self-hosting, “my phone on my network”, walks through it.',

  noStorageTitle: 'This browser does not let us keep anything',
  noStorageMore:
    'A private window, a setting or a full disk refuses it. Open the app in an ordinary window, or free some space. Nothing was lost by this.',
  evictedTitle: 'The browser has emptied this site',
  evictedMore:
    'Your diary is no longer on this device. Browsers do that to save space, or when somebody clears their data. What is on your server or in a backup file is safe. Your 24 words, the file or another device bring it back.',
  restore: 'Get it back',
  startAgain: 'Start a new diary',
  damagedTitle: 'The diary on this device does not open',
  damagedMore:
    'Something it needs was changed or is missing. Nothing was deleted. Load the page again first. If that does not help, your 24 words or a backup file bring it back.',
  newerTitle: 'A newer version of the app wrote this diary',
  newerMore: 'Load the page again with a network to get that version. Your entries are safe, and untouched.',
  again: 'Load again',
});
