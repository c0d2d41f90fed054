/**
 * Two made-up people for `npm run demo`: somebody with two years of entries, and a clinician they share part of
 * it with. They are made with the same parts as in the app and known to it only by their 24 words.
 */
import { bytesToHash32, sha256, utf8 } from '@evenkeel/protocol';
import { giveGrant, makeCard, makeScope, pinFromCard, cardBytes, recordConsent } from '@evenkeel/sharing';
import { handWoundClock } from '../../packages/test-kit/src/clock.ts';
import { plausibleDiary } from '../../packages/test-kit/src/plausible-diary.ts';
import { type Somebody, join, somebody } from '../../packages/test-kit/src/somebody.ts';
import { writeDiary } from '../../packages/test-kit/src/write-diary.ts';
import { createBackupBook } from '../../web/src/session/backup-book.ts';
import { AT_FIRST } from '../../web/src/session/device-settings.ts';
import { keepNote, keepPin } from '../../web/src/session/notes.ts';
import type { Opened } from '../../web/src/session/opened.ts';
import { carryOut, circumstances } from '../../web/src/session/shares.ts';
import { demoQuestionnaires } from './demo-questionnaires.ts';

const SEED = 1;
const DAY_MS = 86_400_000;
const SHARED_DAYS = 90;
const CONSENT_TEXT =
  'I share this with my clinician. I can stop at any time. What was already seen stays seen.';

export type DemoPeople = {
  readonly person: readonly string[];
  readonly clinician: readonly string[];
  readonly moments: number;
};

export async function makeDemoPeople(
  origin: string,
  invite: () => Promise<string>,
  now: number,
  { years = 2 }: { readonly years?: number } = {},
): Promise<DemoPeople> {
  const clock = handWoundClock(now);
  await using person = await somebody('Demo phone', clock);
  await using clinician = await somebody('Demo desk', clock);
  const moments = await writeYears(person, now, years);
  for (const one of [person, clinician]) {
    await join(one, { origin }, { kind: 'host', code: await invite() });
    await one.replica.connect({ origin, live: false });
  }
  await share(person, clinician, origin, now);
  await person.replica.syncNow();
  await clinician.replica.syncNow();
  return { person: await kitOf(person), clinician: await kitOf(clinician), moments };
}

async function writeYears(person: Somebody, now: number, years: number): Promise<number> {
  const diary = plausibleDiary({ seed: SEED, until: now, years, more: true });
  const questionnaires = demoQuestionnaires(now).map(({ draft, at }) => ({ draft, writtenAt: at }));
  const moments = [...diary.moments, ...questionnaires];
  await writeDiary(person, { ...diary, moments });
  return moments.length;
}

/** In the room: the clinician shows their card, the person scans it, chooses, and shares three months of all but words. */
async function share(person: Somebody, clinician: Somebody, origin: string, now: number): Promise<void> {
  const card = await makeCard(clinician.vault, { origin, account: clinician.account, name: 'Dr Demo', now });
  if (card.awaited.kind === 'card') await keepNote(asOpened(clinician), 'awaited', card.awaited);
  const scanned = cardBytes(card.text);
  const pinned = scanned === null ? null : await pinFromCard(scanned, person.holder.acct, now);
  const first = new Date(now - SHARED_DAYS * DAY_MS).toISOString().slice(0, 10);
  const scope = makeScope([1, 2, 3, 5, 6, 7, 8, 9, 11], { kind: 'from', first });
  if (pinned === null || !pinned.ok || !scope.ok) throw new Error('the demo card was not read');
  await keepPin(asOpened(person), pinned.pin);
  const opened = asOpened(person);
  const { log, inUse, today } = await circumstances(opened);
  const given = await giveGrant(person.vault, person.holder, {
    log,
    inUse,
    today,
    to: pinned.pin,
    scope: scope.scope,
    personName: 'Robin (made up)',
    purpose: 'Before we meet in December',
    expires: null,
    now,
    consent: {
      version: 'demo',
      textHash: bytesToHash32(sha256(utf8(CONSENT_TEXT))),
      language: 'en-GB',
      shownAt: now,
      acceptedAt: now,
    },
  });
  if (!given.ok) throw new Error(`the demo share was not made: ${given.reason}`);
  await carryOut(opened, given);
  const subject = { acct: person.holder.acct };
  await keepNote(
    opened,
    'consent',
    recordConsent({ grant: given.id, subject, recipient: pinned.pin, detail: given.detail, expires: null }),
  );
}

async function kitOf({ vault, replica }: Somebody): Promise<readonly string[]> {
  const { words, wrap, id } = await vault.makeKit();
  const put = await replica.putRecoveryWrap(id, wrap);
  if (!put.ok) throw new Error(`the demo kit was not kept: ${put.reason}`);
  return words;
}

/** The parts of a device as the app's own adapters take them. */
function asOpened({ vault, store, holder, replica, clock }: Somebody): Opened {
  const nothing = async () => undefined;
  return {
    vault,
    store,
    holder,
    replica,
    now: clock.now,
    backups: createBackupBook(store),
    settings: { read: () => AT_FIRST, change: async () => undefined },
    forms: { read: () => null, keep: nothing, kept: nothing, paths: () => [] },
  };
}
