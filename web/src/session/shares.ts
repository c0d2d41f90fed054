/** The grants of the own account, with what was sealed in them, and the keys this device has packed for them. */
import { deviceZone, dayOfInstant } from '@evenkeel/journal';
import { type Bytes, type GrantId, type GrantState, utf8, utf8ToText, z } from '@evenkeel/protocol';
import {
  type Circumstances,
  type GrantDetail,
  type OwnGrant,
  type PackedKey,
  openAsOwner,
} from '@evenkeel/sharing';
import { notesOf } from './notes.ts';
import type { Opened } from './opened.ts';

const PACKED = 'packed-keys';
const packedSchema = z.array(z.tuple([z.string(), z.int(), z.int(), z.int(), z.nullable(z.int())]));
const details = new WeakMap<GrantState['grant'], GrantDetail>();

export type KnownGrant = OwnGrant & { readonly id: GrantId; readonly detail: GrantDetail };

/** Every grant whose sealed part opens and whose clinician is pinned, oldest first. */
export async function knownGrants(opened: Opened): Promise<readonly KnownGrant[]> {
  const { vault, holder, replica } = opened;
  const pins = new Map(notesOf(opened, 'contact').map(({ body }) => [body.pin.acct, body.pin]));
  const known: KnownGrant[] = [];
  for (const [id, state] of replica.logs.grant().grants) {
    const to = pins.get(state.grant.to);
    const detail = details.get(state.grant) ?? (await openDetail());
    if (to !== undefined && detail !== null) known.push({ id, state, scope: detail.scope, to, detail });

    async function openDetail(): Promise<GrantDetail | null> {
      const read = await openAsOwner(vault, holder.acct, state.grant);
      if (!read.ok) return null;
      details.set(state.grant, read.detail);
      return read.detail;
    }
  }
  return known;
}

/** What `settle`, `revoke` and `giveGrant` have to know. */
export async function circumstances(opened: Opened): Promise<Circumstances> {
  const { replica, now } = opened;
  return {
    log: replica.logs.grant(),
    grants: await knownGrants(opened),
    inUse: replica.streamsInUse(),
    packed: await packedKeys(opened),
    today: dayOfInstant(now(), deviceZone()),
    now: now(),
  };
}

/**
 * Appends to the grant log, adds the packs and remembers the keys. In this order: what a crash in between leaves
 * undone is made again by the next `settle`.
 */
export async function carryOut(
  opened: Opened,
  made: {
    readonly grantLog: readonly Bytes[];
    readonly packs: readonly Bytes[];
    readonly packed: readonly PackedKey[];
  },
): Promise<'sent' | 'waiting' | 'log-moved' | 'refused'> {
  const { replica } = opened;
  let sent = replica.sync().connection.status === 'online';
  if (made.grantLog.length > 0) {
    const appended = await replica.logs.appendGrantLog(made.grantLog);
    if (!appended.ok) return appended.reason;
    sent = appended.sent;
  }
  if (made.packs.length > 0) await replica.addPacks(made.packs);
  if (made.packed.length > 0) await rememberPacked(opened, made.packed);
  return sent ? 'sent' : 'waiting';
}

async function packedKeys({ vault, store, replica }: Opened): Promise<readonly PackedKey[]> {
  const box = await store.readBox('settings', PACKED);
  const [plaintext] = box === null ? [] : await vault.openLocal(PACKED, [box]);
  const text = plaintext && utf8ToText(plaintext);
  const parsed = packedSchema.safeParse(text ? JSON.parse(text) : []);
  if (!parsed.success) return [];
  const grants = replica.logs.grant().grants;
  return parsed.data.flatMap(([id, cat, month, epoch, day]) => {
    const grant = [...grants.keys()].find((known) => known === id);
    return grant === undefined ? [] : [{ grant, cat, month, epoch, day }];
  });
}

async function rememberPacked(opened: Opened, added: readonly PackedKey[]): Promise<void> {
  const all = [...(await packedKeys(opened)), ...added];
  const rows = all.map(({ grant, cat, month, epoch, day }) => [grant, cat, month, epoch, day]);
  const [box] = await opened.vault.sealLocal(PACKED, [utf8(JSON.stringify(rows))]);
  if (box !== undefined) await opened.store.keepBox('settings', PACKED, box);
}
