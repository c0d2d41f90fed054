import { defineMessages } from '../../i18n/define-messages.ts';

export const messages = defineMessages('entry', {
  gone: 'This entry is not here',
  goneMore: 'It may lie in the bin, or it was deleted on another device.',
  toJournal: 'Go to the journal',
  whenBoth: 'About {about}, written {written}',
  about: '{day}, {time}',
  onlyDay: '{day}, hour not known',
  whileLocked: 'Written while locked. Anybody who held this device could have written it.',
  said: 'Also said',
  mattered: 'What mattered',
  around: 'Around it',
  words: 'Words',
  notForSharing: 'Not for sharing',
  notForSharingMore: 'Nobody you share with can see it, now or later.',
  edit: 'Change',
  begun: 'You began to change this. Press Change to go on.',
  bin: 'Move to bin',
  history: 'Earlier versions',
  before: 'Until {date}, {time}',
  edited: 'changed {when}',
  opening: 'Opening…',
});
