import { defineMessages } from '../../i18n/define-messages.ts';

export const messages = defineMessages('name', {
  title: 'Name and picture',
  detail: 'goes by “{name}”',
  why: 'Others may see the name of this app on your screen. You can give it a plain one.',
  choose: 'The app goes by',

  atOnce: 'What changes now',
  atOnceMore:
    'The name and picture of the page, also while it is locked. The name in notices, in new passkeys, and of files you save.',
  install: 'What you install',
  installMore: 'Choose here first, then install. The home screen gets the name that is chosen then.',
  toInstall: 'To installing',
  before: 'What you installed before',
  beforeMore: 'It keeps its old name and picture. So install once more, with the new name.',
  beforeApart: 'The new one starts empty. Bring your diary over before you remove the old one.',
  beforeRemove: 'Then remove the old one. If the browser asks, do not let it delete the data.',

  not: 'What it does not hide',
  notAddress: 'The address of the page, and the list of pages you have been to.',
  notScreens: 'What the screens say. Who opens the app sees what it is.',
  notOlder: 'Files and passkeys made before, and the paper with your 24 words.',
});
