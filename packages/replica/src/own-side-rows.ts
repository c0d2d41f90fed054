/**
 * What rides beside the envelopes of the own account: heads, key packs and receipts as they come, and what of them, and
 * of both logs, the server does not have yet.
 */
import {
  type Bytes,
  type Hash32,
  type ReadReply,
  keyPackSchema,
  objectHash,
  parseObject,
  parsePayload,
  receiptSchema,
  verifyObject,
} from '@evenkeel/protocol';
import type { PackRow } from './device-store.ts';
import type { ExchangeParts } from './exchange-parts.ts';
import { objectsOf, textsOf } from './heads.ts';
import type { ConnectionReason } from './reasons.ts';
import type { Answer } from './server-client.ts';

type SideRowsOfPage = Pick<Extract<ReadReply, { readonly kind: 'own' }>, 'heads' | 'packs' | 'receipts'>;

export type OwnSideRows = {
  /** Whether every row was by a device we know. `isAgain`: they were asked for once more. */
  readonly take: (page: SideRowsOfPage, isAgain: boolean) => Promise<boolean>;
  /** Sends what the server does not have. `log-moved`: another device was first; pull, then look again. */
  readonly send: () => Promise<Answer<null>>;
};

/** Objects of one log in one push. */
const MOST_OBJECTS = 64;

export function createOwnSideRows(
  parts: Pick<ExchangeParts, 'store' | 'holder' | 'client' | 'logs' | 'heads' | 'faults'>,
): OwnSideRows {
  const { client, logs, heads, faults } = parts;
  const { packs, receipts } = parts.store.tables;
  const { acct } = parts.holder();
  let refusedBefore: ReadonlySet<Hash32> = new Set();
  return { take, send };

  async function take(page: SideRowsOfPage, isAgain: boolean): Promise<boolean> {
    const [headObjects, packObjects, receiptObjects] = [
      objectsOf(page.heads),
      objectsOf(page.packs),
      objectsOf(page.receipts),
    ];
    if (headObjects === null || packObjects === null || receiptObjects === null) {
      await faults.note('malformed-reply');
      return false;
    }
    let isSound = await heads.receive(headObjects, { isAgain });
    for (const bytes of packObjects) isSound = (await takePack(bytes)) && isSound;
    for (const bytes of receiptObjects) isSound = (await takeReceipt(bytes)) && isSound;
    return isSound;
  }

  async function takePack(bytes: Bytes): Promise<boolean> {
    const parsed = parseObject(bytes);
    const signer = parsed.ok ? parsed.object.signer : 'identity';
    const device = signer === 'identity' ? undefined : logs.device().devices.get(signer);
    const verified =
      device === undefined
        ? null
        : await verifyObject(
            bytes,
            { type: 'key-pack', acct, signer, publicKey: device.signPk },
            keyPackSchema,
          );
    // check: pack: signed by a device of the account
    if (verified === null || !verified.ok) {
      await faults.note('side-row-forged');
      return false;
    }
    await packs.put({ hash: verified.hash, owner: acct, grant: verified.payload.grant, bytes, sent: true });
    return true;
  }

  /** Receipts are verified where the clinician's keys are pinned (`sharing`); here only their form is looked at. */
  async function takeReceipt(bytes: Bytes): Promise<boolean> {
    const parsed = parseObject(bytes);
    const payload = parsed.ok ? parsePayload(parsed.object.payload, receiptSchema) : null;
    if (
      !parsed.ok ||
      payload?.ok !== true ||
      parsed.object.type !== 'receipt' ||
      parsed.object.signer === 'identity'
    ) {
      await faults.note('side-row-forged');
      return false;
    }
    const { acct: reader, signer } = parsed.object;
    await receipts.put({
      key: objectHash(bytes),
      grant: payload.value.grant,
      acct: reader,
      dev: signer,
      bytes,
    });
    return true;
  }

  /** Logs first and alone: nothing that waits for room, or for a share that ended, may hold up what stops a share. */
  async function send(): Promise<Answer<null>> {
    const logged = await sendLogs();
    if (!logged.ok) return logged;
    const packed = await sendPacks();
    return packed.ok ? sendHeads() : packed;
  }

  async function sendHeads(): Promise<Answer<null>> {
    const rows = await heads.unsent();
    const refused = await pushApart('heads', rows);
    if (!refused.ok) return refused;
    const kept = refused.value.filter(({ reason }) => reason === 'object-refused').map(({ row }) => row);
    await heads.markSent(rows.filter((row) => !kept.includes(row)));
    // Said only of one that is refused again: the pull between may tell that this is an older copy, whose fault it is.
    const isAgain = kept.some(({ hash }) => refusedBefore.has(hash));
    refusedBefore = new Set(kept.map(({ hash }) => hash));
    if (kept.length === 0) await faults.clear('head-refused');
    // check: side rows: a head that is not taken
    if (isAgain && !faults.has('own-head-unknown')) await faults.note('head-refused');
    return { ok: true, value: null };
  }

  /** Gives those that the server refuses: one that it refuses must not hold up another. */
  async function pushApart<Row extends { readonly bytes: Bytes }>(
    kind: 'heads' | 'packs',
    rows: readonly Row[],
  ): Promise<Answer<readonly { readonly row: Row; readonly reason: ConnectionReason }[]>> {
    const [first] = rows;
    if (first === undefined) return { ok: true, value: [] };
    const answer = await client.push({ [kind]: textsOf(rows.map(({ bytes }) => bytes)) });
    if (answer.ok) return { ok: true, value: [] };
    const { reason } = answer;
    if (reason !== 'grant-refused' && (reason !== 'object-refused' || kind === 'packs')) return answer;
    if (rows.length === 1) return { ok: true, value: [{ row: first, reason }] };
    const refused = [];
    for (const row of rows) {
      const alone = await pushApart(kind, [row]);
      if (!alone.ok) return alone;
      refused.push(...alone.value);
    }
    return { ok: true, value: refused };
  }

  /** A refusal of something else must not hold up what stops a share or removes a device either: that goes by itself. */
  async function sendLogs(): Promise<Answer<null>> {
    const [deviceLog, grantLog] = [logs.unsent('device'), logs.unsent('grant')];
    const waiting = deviceLog.length + grantLog.length;
    if (waiting === 0) return { ok: true, value: null };
    const answer = await pushLogs(deviceLog.slice(0, MOST_OBJECTS), grantLog.slice(0, MOST_OBJECTS));
    if (answer.ok) return sendLogs();
    if (answer.reason === 'unreachable' || answer.reason === 'log-moved') return answer;
    const [removals, stops] = [await logs.endsFirst('device'), await logs.endsFirst('grant')];
    if (removals.length + stops.length === waiting && (removals.length === 0 || stops.length === 0))
      return answer;
    if (removals.length > 0) await pushLogs(removals.slice(0, MOST_OBJECTS), []);
    if (stops.length > 0) await pushLogs([], stops.slice(0, MOST_OBJECTS));
    return answer;
  }

  async function pushLogs(deviceLog: readonly Bytes[], grantLog: readonly Bytes[]): Promise<Answer<null>> {
    const answer = await client.push({ deviceLog: textsOf(deviceLog), grantLog: textsOf(grantLog) });
    if (!answer.ok) return answer;
    if (deviceLog.length > 0) await logs.markSent('device', deviceLog);
    if (grantLog.length > 0) await logs.markSent('grant', grantLog);
    return { ok: true, value: null };
  }

  /** One that the server refuses for its share, which ended by itself, is not offered again. */
  async function sendPacks(): Promise<Answer<null>> {
    const { grants } = logs.grant();
    // Those of a share that was stopped open nothing any more.
    const isOver = ({ grant }: PackRow): boolean => (grants.get(grant)?.revoked ?? null) !== null;
    const unsent = (await packs.toArray()).filter(({ sent, owner }) => !sent && owner === acct);
    const rows = unsent.filter((row) => !isOver(row)).slice(0, 100);
    const pushed = await pushApart('packs', rows);
    if (!pushed.ok) return pushed;
    await packs.bulkPut(rows.map((row) => ({ ...row, sent: true })));
    return { ok: true, value: null };
  }
}
