import { defineMessages } from '../../i18n/define-messages.ts';

export const messages = defineMessages('install', {
  title: 'Install',
  detail: 'put it on your home screen',

  why: 'It then opens like any other app, also with no network. What you wrote is there in both.',
  sevenPhone:
    'On an iPhone or iPad, sites you do not open for seven days are emptied. On the home screen they are kept.',
  sevenMac:
    'Safari empties sites you do not open for seven days. A backup or a server keeps your diary safe.',

  plain: 'Shall it have a plain name and picture? <0>Choose them first</0>.',

  // how
  how: 'How it is done',
  install: 'Install it',
  share: 'Touch the share button: a square with an arrow that points up.',
  shareHidden: 'If you do not see it, touch the three dots first.',
  addToHome: 'Scroll down to “Add to Home Screen” and touch it.',
  add: 'Touch “Add”.',
  addToDock: 'Open the menu “File” and choose “Add to Dock”.',
  menu: 'Open the menu of your browser: three dots or three lines.',
  menuInstall: 'Choose “Install app” or “Add to Home screen”.',
  menuNone: 'Some browsers do not have this. The diary works in them just as well.',

  // a storage of its own
  apart: 'Bring your diary over',
  apartMore: 'What you install starts empty. It cannot see what you wrote in the browser.',
  apartSave: 'Save a backup file here. If your diary is on a server, your 24 words will do.',
  apartOpen: 'Install it, and open it from its picture.',
  apartBring: 'Choose “I have used it before”. Then choose the file, or type the words.',
  apartWrite: 'From then on, write in that one. What you write in the browser stays in the browser.',
  toBackup: 'To my backup',

  // it is there
  installed: 'It is installed, and you are in it.',
  installedApart: 'Write in this one. What you write in the browser is kept apart, and is not seen here.',
  done: 'It is installed. You find it among your apps, with all you wrote.',
  removing: 'If you remove it one day, that may take your diary with it. Save a backup first.',
});
