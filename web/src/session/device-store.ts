/** Fetched apart: on an empty device the first screen comes before anything is kept. */
import type { Bytes, MailboxId } from '@evenkeel/protocol';
import type { DeviceStore } from '@evenkeel/replica';

export { canLeaveNote, clearLeftovers, openDeviceStore } from '@evenkeel/replica';

/** The wrap of a kit that came with a restored diary. `id`: where a server keeps it, known to who typed the words. */
export type StoredKit = {
  readonly wrap: Bytes;
  readonly id: MailboxId | null;
  readonly madeAt: number;
  readonly checkedAt: number;
};

/** So that the next backup opens with the same kit. Who typed all 24 words has checked it. */
export async function keepKit(store: DeviceStore, { wrap, id, madeAt, checkedAt }: StoredKit): Promise<void> {
  await store.keepWrap({ type: 'recovery', wrap });
  if (id === null) return;
  await store.keepFact('kit', { madeAt, id, checkedAt });
  await store.confirmKit(true);
}
