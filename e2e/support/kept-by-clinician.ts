/**
 * Everything a clinician's browser holds of what was shared with them, as somebody would who copied the disk before
 * the share was stopped; and what can be opened with it, by the real code of the vault.
 */
import {
  accountIdSchema,
  type Bytes,
  fromBase64url,
  grantIdSchema,
  replayDeviceLog,
  replayGrant,
  z,
} from '@evenkeel/protocol';
import { type OpenOutcome, type UnlockSecret, createVault } from '@evenkeel/vault';
import { type Page, expect } from '@playwright/test';
import { type DiskRows, readDisk } from './disk.ts';

const bytesSchema = z.pipe(
  z.string(),
  z.transform((text): Bytes => fromBase64url(text) ?? new Uint8Array()),
);
const accountFact = z.object({
  name: z.literal('account'),
  value: z.object({ acct: accountIdSchema, deviceKeyBox: bytesSchema }),
});
const pinRow = z.object({ type: z.literal('pin'), wrap: bytesSchema });
const shareRow = z.object({
  grant: grantIdSchema,
  owner: accountIdSchema,
  deviceLog: z.array(bytesSchema),
  objects: z.array(bytesSchema),
});
const packRow = z.object({ grant: grantIdSchema, bytes: bytesSchema });

export type DiskCopy = {
  readonly account: z.infer<typeof accountFact>['value'];
  readonly pinWrap: Bytes;
  readonly shares: readonly z.infer<typeof shareRow>[];
  readonly packs: readonly z.infer<typeof packRow>[];
};

/** Of the browser as it stands; it need not be unlocked. */
export async function copyDisk(page: Page): Promise<DiskCopy> {
  const rows = await readDisk(page);
  const [account] = those(accountFact, rowsOf(rows, 'facts'));
  const [pin] = those(pinRow, rowsOf(rows, 'wraps'));
  if (account === undefined || pin === undefined)
    throw new Error('no account with a PIN lies in this browser');
  return {
    account: account.value,
    pinWrap: pin.wrap,
    shares: those(shareRow, rowsOf(rows, 'sharedGrants')),
    packs: those(packRow, rowsOf(rows, 'packs')),
  };
}

/** How much of other people's is left: packs of keys, and envelopes in any store, replication metadata included. */
export async function countShared(
  page: Page,
): Promise<{ readonly packs: number; readonly envelopes: number; readonly opened: number }> {
  const rows = await readDisk(page);
  const foreign = [...rows].filter(
    ([name]) => name.includes('--shared/') || name.includes('rx-replication-meta'),
  );
  const own = new Set(
    [...rows].filter(([name]) => name.includes('--own/')).flatMap(([, held]) => held.flatMap(envelopesIn)),
  );
  const envelopes = new Set(
    foreign.flatMap(([, held]) => held.flatMap(envelopesIn)).filter((env) => !own.has(env)),
  );
  return {
    packs: rowsOf(rows, 'packs').length,
    envelopes: envelopes.size,
    opened: rowsOf(rows, 'people').length,
  };
}

export type Opener = { readonly open: (envelope: Bytes) => Promise<OpenOutcome> };

/** With the PIN, every pack and every key that the copy holds. */
export async function openerOf(copy: DiskCopy, pin: string): Promise<Opener> {
  const vault = createVault();
  const secret: UnlockSecret = { type: 'pin', pin };
  const { acct, deviceKeyBox } = copy.account;
  const unlocked = await vault.unlock({ acct, wrap: copy.pinWrap, secret, deviceKeyBox });
  if (!unlocked.ok) throw new Error(`the copy does not open: ${unlocked.reason}`);
  for (const share of copy.shares) {
    const log = await replayDeviceLog(share.deviceLog);
    const granted = log.ok ? await replayGrant(share.owner, log.log.signPk, share.objects) : null;
    if (granted?.ok !== true) throw new Error('the copy holds a share that does not replay');
    const admitted = [...granted.state.streams].map(([sid, kids]) => ({
      sid,
      kids: kids === null ? null : [...kids],
    }));
    for (const pack of copy.packs.filter(({ grant }) => grant === share.grant)) {
      const opened = await vault.openKeyPack({ owner: share.owner, pack: pack.bytes, admitted });
      expect(opened.ok, 'a pack in the copy opens').toBe(true);
    }
  }
  return {
    open: async (envelope) => {
      const outcomes = await Promise.all(copy.shares.map(({ owner }) => vault.open([{ owner, envelope }])));
      return outcomes.flat().find(({ ok }) => ok) ?? { ok: false, reason: 'no-key' };
    },
  };
}

function rowsOf(rows: DiskRows, store: string): readonly unknown[] {
  return rows.get(`evenkeel-main/${store}`) ?? [];
}

function those<Row>(schema: z.ZodMiniType<Row>, rows: readonly unknown[]): readonly Row[] {
  return rows.flatMap((row) => schema.safeParse(row).data ?? []);
}

/** Any text long enough to be a whole envelope, wherever it lies in a row. */
function envelopesIn(row: unknown): readonly string[] {
  if (typeof row === 'string') return row.length > 500 ? [row] : [];
  if (typeof row !== 'object' || row === null) return [];
  return Object.values(row).flatMap(envelopesIn);
}
