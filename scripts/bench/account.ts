/** A person in this process: a real vault, and entries sealed and signed as their device would push them. */
import { type EntryRecord, createClock, dayOf, encodeRecord } from '@evenkeel/journal';
import {
  type Bytes,
  ZERO_HASH,
  concat,
  idToBytes,
  parseEnvelope,
  randomBytes,
  toBase64url,
} from '@evenkeel/protocol';
import { type ServerClient, createClient } from '@evenkeel/replica';
import { type Holder, type Vault, createVault } from '@evenkeel/vault';
import type { DiaryKey, NewestMonth, SealedDoc } from './page/api.ts';
import { entriesFor } from './page/diary.ts';

export type BenchAccount = {
  readonly vault: Vault;
  readonly holder: Holder;
  readonly client: ServerClient;
  readonly key: DiaryKey;
};

const AT_ONCE = 500;

/** A new account at a server that takes everybody. `fetch`: to listen to what is sent. */
export async function joinServer(origin: string, listen?: typeof fetch): Promise<BenchAccount> {
  const vault = createVault();
  const { holder, deviceLog } = await vault.create({ deviceName: 'bench', now: Date.now() });
  const secret = randomBytes(32);
  const wrap = await vault.makeWrap({ type: 'none', secret });
  const client = createClient(
    { origin, ...(listen !== undefined && { fetch: listen }) },
    { acct: holder.acct, dev: holder.dev, signSession: (at, challenge) => vault.signSession(at, challenge) },
    Date.now,
  );
  const [register] = await vault.sign([
    {
      type: 'register',
      signer: 'identity',
      payload: { origin, time: Date.now(), invitation: { kind: 'none' } },
    },
  ]);
  if (register === undefined) throw new Error('the vault gave no signature');
  const joined = await client.register({ register, deviceLog, grantLog: [] });
  if (!joined.ok) throw new Error(`the server refused the account: ${joined.reason}`);
  const key = {
    acct: holder.acct,
    wrap: toBase64url(wrap),
    secret: toBase64url(secret),
    deviceLog: deviceLog.map(toBase64url),
  };
  return { vault, holder, client, key };
}

/** `count` entries, oldest first, ending now. */
export function diaryOf({ holder }: BenchAccount, count: number): readonly EntryRecord[] {
  const clock = createClock({ now: Date.now, dev: holder.dev });
  return entriesFor(clock, count);
}

/** First versions, ready to be pushed. */
export async function sealAll(
  { vault }: BenchAccount,
  records: readonly EntryRecord[],
): Promise<readonly Bytes[]> {
  const sealed: Bytes[] = [];
  for (let at = 0; at < records.length; at += AT_ONCE) {
    const requests = records.slice(at, at + AT_ONCE).map((record) => ({
      type: 'record' as const,
      cat: record.cat,
      month: record.place.month,
      day: record.place.day,
      epoch: 0,
      rec: record.rec,
      rev: 1,
      replaces: ZERO_HASH,
      plaintext: encodeRecord(record),
    }));
    sealed.push(...(await vault.seal(requests)));
  }
  return sealed;
}

export async function pushAll(
  { client }: BenchAccount,
  envelopes: readonly Bytes[],
  atOnce = AT_ONCE,
): Promise<void> {
  for (let at = 0; at < envelopes.length; at += atOnce) {
    const answer = await client.push({ envelopes: envelopes.slice(at, at + atOnce).map(toBase64url) });
    if (!answer.ok) throw new Error(`the server did not take a push: ${answer.reason}`);
    const refused = answer.value.envelopes.find(({ status }) => status !== 'done');
    if (refused !== undefined)
      throw new Error(`the server did not take an envelope: ${JSON.stringify(refused)}`);
  }
}

/** As the replica keeps them. */
export function docsOf({ holder }: BenchAccount, envelopes: readonly Bytes[]): readonly SealedDoc[] {
  return envelopes.flatMap((bytes) => {
    const parsed = parseEnvelope(bytes);
    if (!parsed.ok) return [];
    const { rec, sid } = parsed.envelope.header;
    return [
      { id: toBase64url(concat(idToBytes(holder.acct), idToBytes(rec))), env: toBase64url(bytes), sid },
    ];
  });
}

/** What a fresh device should be able to draw first. Entries that were put away as not for sharing have no day here. */
export function newestMonthOf(records: readonly EntryRecord[]): NewestMonth {
  const months = records.flatMap((record) => dayOf(record)?.slice(0, 7) ?? []);
  const month = months.toSorted().at(-1) ?? '';
  return { month, entries: months.filter((one) => one === month).length };
}
