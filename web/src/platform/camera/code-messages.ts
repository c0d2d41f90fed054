import type { CodeRefusal } from '@evenkeel/sharing';
import { defineMessages } from '../../i18n/define-messages.ts';
import type { Message } from '../../i18n/define-messages.ts';

const messages = defineMessages('code', {
  empty: 'There is nothing in it yet. Paste the whole link.',
  otherWebsite: 'This is an address, but not one of this app’s. Nothing was opened.',
  damagedLink: 'The link is not whole. Copy all of it and paste it again.',
  cardNeedsScanning:
    'This code only counts when it is scanned from their screen, in the room. Anybody could have sent it.',
  damagedCard: 'The code could not be read in full. Hold it still and scan it again.',
  recoveryWords:
    'These look like the words of a recovery kit. Never give them to anybody. They belong under “Restore”.',
  healthLink: 'This is a health link of another kind. This app does not open it.',
  unknown: 'This is not a code of this app. Nothing was opened.',
  otherCode: 'This is a code of this app, but for something else.',
});

/** Why a code that was scanned or pasted cannot be used here. */
export const codeRefusalMessages = {
  empty: messages.empty,
  'other-website': messages.otherWebsite,
  'damaged-link': messages.damagedLink,
  'card-needs-scanning': messages.cardNeedsScanning,
  'damaged-card': messages.damagedCard,
  'recovery-words': messages.recoveryWords,
  'health-link': messages.healthLink,
  unknown: messages.unknown,
  'other-code': messages.otherCode,
} satisfies Record<CodeRefusal | 'other-code', Message>;
