import { defineMessages } from '../../i18n/define-messages.ts';
import type { Message } from '../../i18n/define-messages.ts';
import type { CameraProblem } from './camera.ts';

export const messages = defineMessages('camera', {
  scan: 'Scan with the camera',
  again: 'Try the camera again',
  stop: 'Stop the camera',
  starting: 'Starting the camera…',
  looking: 'Hold the code in the frame. It is read as soon as it is sharp.',
  view: 'What the camera sees',
  private: 'Pictures are looked at on this device and not kept.',
  or: 'or',
  use: 'Go on',
  empty: 'Paste or type the code first.',

  refused:
    'The camera is not allowed for this site. Allow it in the browser’s settings, or paste the code below.',
  none: 'No camera was found. Paste the code below instead.',
  busy: 'Another program is using the camera. Close it and try again, or paste the code below.',
  insecure: 'The browser lends its camera only to a secure address (https). Paste the code below instead.',
});

export const problemMessages = {
  refused: messages.refused,
  none: messages.none,
  busy: messages.busy,
  insecure: messages.insecure,
} satisfies Record<CameraProblem, Message>;
