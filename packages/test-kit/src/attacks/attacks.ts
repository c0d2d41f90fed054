/** Every lie we know a server can tell. */
import type { Attack } from './attack.ts';
import { LETTER_ATTACKS } from './letters.ts';
import { OWN_PULL_ATTACKS } from './own-pull.ts';
import { OWN_PUSH_ATTACKS } from './own-push.ts';
import { RECEIPT_ATTACKS } from './receipts.ts';
import { RECOVERY_ATTACKS } from './recovery.ts';
import { RING_ATTACKS } from './rings.ts';
import { SHARE_ATTACKS } from './share-pull.ts';
import { WIRE_ATTACKS } from './wire.ts';

export const ATTACKS: readonly Attack[] = [
  ...OWN_PULL_ATTACKS,
  ...OWN_PUSH_ATTACKS,
  ...WIRE_ATTACKS,
  ...LETTER_ATTACKS,
  ...RECOVERY_ATTACKS,
  ...SHARE_ATTACKS,
  ...RECEIPT_ATTACKS,
  ...RING_ATTACKS,
];
