/** What is written while locked. Fetched apart: opening the diary needs none of it. */
import { type LockedNote, type Mood, deviceZone } from '@evenkeel/journal';
import { randomMomentId } from '@evenkeel/protocol';

export { leaveNote } from '@evenkeel/replica';

export function newLockedNote(said: {
  readonly mood: Mood;
  readonly text: string;
  readonly at: number;
}): LockedNote {
  return { ...said, id: randomMomentId(), zone: deviceZone() };
}
