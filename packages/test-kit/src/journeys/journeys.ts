/** The journeys in which lies are told, by name. */
import type { JourneyName } from '../attacks/attack.ts';
import { invitation, link } from './letters.ts';
import {
  afterEdit,
  editAfterRemoval,
  firstPull,
  nextPull,
  push,
  removedDevice,
  session,
} from './own-devices.ts';
import { recovery } from './recovery.ts';
import { firstShare, nextShare, receipts } from './shares.ts';
import { waking } from './waking.ts';
import type { Journey } from './world.ts';

export const JOURNEYS: Readonly<Record<JourneyName, () => Promise<Journey>>> = {
  'first-pull': firstPull,
  'next-pull': nextPull,
  push,
  'after-edit': afterEdit,
  'removed-device': removedDevice,
  'edit-after-removal': editAfterRemoval,
  session,
  invitation,
  link,
  recovery,
  'first-share': firstShare,
  'next-share': nextShare,
  receipts,
  waking,
};
