/** Taking a diary off a device that is not the person's alone. Fetched apart: hardly anybody asks for it. */
import { eraseEverything } from '@evenkeel/replica';
import type { FinishOutcome } from './contract.ts';
import { kitFactSchema } from './kit-fact.ts';
import type { OpenDiary } from './open-diary.ts';
import type { Opened } from './opened.ts';
import { revokeDevice } from './revoke-device.ts';

type Unfinished = Extract<FinishOutcome, { ok: false }>;

const forNow = (reason: Exclude<Unfinished['reason'], 'draft'>): Unfinished => ({ ok: false, reason });

/** What would be lost, or could not be opened again, if nothing lay here any more; null when nothing would. */
export async function whyNotYet(
  { replica, store, forms }: Opened,
  diary: Pick<OpenDiary, 'readDraft' | 'changedDrafts' | 'moment'>,
): Promise<Unfinished | null> {
  if ((await store.server()) === null) return forNow('no-server');
  const kit = kitFactSchema.safeParse(await store.readFact('kit'));
  const wrap = await store.wrap('recovery');
  if (!kit.success || wrap === null || kit.data.checkedAt === null) return forNow('no-kit');
  for (const draft of ['check-in', 'values-review'] as const)
    if ((await diary.readDraft(draft)) !== null) return { ok: false, reason: 'draft', draft };
  await replica.loaded;
  const [changed] = await diary.changedDrafts();
  if (changed !== undefined) return { ok: false, reason: 'draft', draft: `edit:${changed}` };
  await forms.kept();
  // Answers of an entry that is gone can be saved nowhere.
  const form = forms.paths().find((path) => {
    const entry = /\/answer\/(.+)$/.exec(path)?.[1];
    return entry === undefined || diary.moment(entry) !== undefined;
  });
  if (form !== undefined) return { ok: false, reason: 'draft', draft: form };
  const [asked, kept] = [await replica.syncNow(), await replica.putRecoveryWrap(kit.data.id, wrap.wrap)];
  if (!asked.ok || !kept.ok) return forNow('offline');
  const { onThisPhone, waiting } = replica.safetyCounts();
  return onThisPhone + waiting > 0 || (await store.tables.inbox.count()) > 0 ? forNow('waiting') : null;
}

/**
 * Takes this device off the list of those that write for the account. All of the diary is on the server by now: a
 * server that does not answer any more leaves a name in the list, and nothing else.
 */
export async function signOff(opened: Opened): Promise<void> {
  await revokeDevice(opened, opened.holder.dev).catch(() => undefined);
}

/** The site as if it had never been opened here. What another window holds open goes when that is closed. */
export async function eraseHere(): Promise<void> {
  await eraseEverything();
  window.localStorage.clear();
  window.sessionStorage.clear();
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  await Promise.all(workers.map((worker) => worker.unregister()));
}
