/**
 * The pull of a clinician's device: which shares there are, and of each one what is new, against a signed receipt. The
 * chain of receipts goes on from the last one the server holds, and no server has us sign a number of it twice.
 */
import {
  type AccountId,
  type Bytes,
  type GrantId,
  type ReadReply,
  START_CURSOR,
  type ServerEpoch,
  fromBase64url,
  objectHash,
  parseObject,
  parsePayload,
  receiptSchema,
  replayGrant,
  startDeviceLog,
  toBase64url,
} from '@evenkeel/protocol';
import type { Holder } from '@evenkeel/vault';
import type { DeviceStore, SharedGrantRow } from './device-store.ts';
import type { PullCheckpoint } from './envelopes.ts';
import type { ConnectionReason, SharedFault } from './reasons.ts';
import type { EnvelopeDocState } from './sealed-version.ts';
import type { ServerClient } from './server-client.ts';
import type { OfferedGrant, ReceiptOrder, ReceiptTip } from './shared.ts';
import type { SharedReader } from './shared-reader.ts';

const PULL_ITEMS = 1000;

/** What a clinician decides, or `sharing` for them. */
export type SharedChoices = {
  /** Signs the next receipt of a chain (`sharing`, makeReceipt). */
  readonly makeReceipt: (
    order: ReceiptOrder,
  ) => Promise<{ readonly object: Bytes; readonly tip: NonNullable<ReceiptTip> }>;
  /** Whether a share that was not seen before is one this clinician asked for; null when it is. */
  readonly admit: (offer: OfferedGrant) => Promise<Extract<SharedFault, 'not-pinned' | 'not-invited'> | null>;
};

export type SharePullParts = SharedChoices & {
  readonly now: () => number;
  readonly client: ServerClient;
  readonly holder: Holder;
  readonly store: DeviceStore;
  readonly origin: string;
  readonly serverEpoch: ServerEpoch;
  readonly readers: ReadonlyMap<GrantId, SharedReader>;
  /** People whose record was opened by hand since the last pull: the next receipt says so. */
  readonly byHand: Set<AccountId>;
  /** Shares of which nothing lies here any more although they go on: read from their start, once. */
  readonly afresh: Set<GrantId>;
  /** What kept a share from being read the last time; gone with the next good answer. */
  readonly troubles: Map<GrantId, SharedFault>;
  readonly told: {
    /** A share that was not seen before, with what was decided of it. */
    readonly offered: (row: SharedGrantRow) => Promise<void>;
    /** More of a share was read. */
    readonly read: (reader: SharedReader) => Promise<void>;
    /** A share's own objects may have grown: those that are over end. */
    readonly dropExpired: () => Promise<void>;
    readonly changed: () => void;
  };
};

export type SharePull = (
  checkpoint: PullCheckpoint | undefined,
  batchSize: number,
) => Promise<{
  readonly documents: readonly EnvelopeDocState[];
  readonly checkpoint: PullCheckpoint;
}>;

export function createSharePull(parts: SharePullParts): SharePull {
  const { client, holder, now, origin, serverEpoch, readers, byHand, afresh, troubles, told } = parts;
  const { sharedGrants } = parts.store.tables;
  return pull;

  async function pull(checkpoint: PullCheckpoint | undefined, batchSize: number) {
    const listed = await ask({ kind: 'grants' });
    if (listed.kind !== 'grants') throw new Unexpected('not-a-server');
    for (const offer of listed.grants) await takeOffer(offer);
    await told.dropExpired();
    const cursors: Record<string, string> = { ...checkpoint };
    const documents: EnvelopeDocState[] = [];
    for (const { grant, owner, seq } of listed.grants) {
      const reader = readers.get(grant);
      if (reader === undefined || reader.row().ended !== null || reader.row().refused !== null) continue;
      const why = byHand.has(owner) ? 'opened' : 'background';
      const over = afresh.delete(grant) || (await reader.startOver());
      const start = cursors[grant] ?? START_CURSOR;
      const kept = await reader.cursor();
      const since = over ? START_CURSOR : kept.from === start ? kept.to : start;
      const { seq: readSeq, readTo } = reader.row();
      const isDone =
        !over && readSeq === seq && readTo === since && (await reader.setApart()).waitingForKey === 0;
      if (why === 'background' && isDone) continue;
      const before = documents.length;
      await pullGrant(reader, { cursors, documents, batchSize, start, since, seq, why });
      // It ended on the way: what came before that is not kept either.
      if (reader.row().ended !== null) documents.length = before;
      await told.read(reader);
      if (documents.length >= batchSize) break;
    }
    if (documents.length < batchSize) byHand.clear();
    told.changed();
    return { documents, checkpoint: cursors };
  }

  type Pulling = {
    readonly cursors: Record<string, string>;
    readonly documents: EnvelopeDocState[];
    readonly batchSize: number;
    /** Where RxDB believes to be, and where to read from. */
    readonly start: string;
    readonly since: string;
    readonly seq: number;
    readonly why: 'opened' | 'background';
  };

  /** Reads one share to its end, or until the batch is full. */
  async function pullGrant(reader: SharedReader, pulling: Pulling): Promise<void> {
    const { cursors, documents, batchSize, start, seq, why } = pulling;
    const { grant } = reader.row();
    const before = documents.length;
    let since = pulling.since;
    for (let tries = 0; ;) {
      const receipt = await receiptFor(reader, since, why);
      const have = {
        deviceLog: reader.row().deviceLog.length,
        grantLog: reader.row().objects.length,
        side: await reader.sideToAsk(),
      };
      const reply = await ask({
        kind: 'grant',
        grant,
        since: receipt.since,
        have,
        receipt: toBase64url(receipt.bytes),
      });
      if (reply.kind === 'refused' && reply.grant === grant) {
        if (reply.reason !== 'receipt-out-of-order' || tries > 0) return refused(reader, reply);
        tries += 1;
        if (!(await adoptReceipt(reader, reply.lastReceipt))) return refused(reader, reply);
        continue;
      }
      // check: share: the grant that was asked for
      if (reply.kind !== 'grant' || reply.grant !== grant) throw new Unexpected('not-a-server');
      troubles.delete(grant);
      await reader.keepRow({ tip: receipt.tip, receiptOpen: null });
      const taken = await reader.takePage(reply);
      documents.push(...taken.docs);
      since = reply.cursor;
      cursors[grant] = since;
      if (!reply.more) {
        await reader.finish();
        await reader.keepRow({ seq, readTo: since });
        if (documents.length === before) await reader.keepCursor({ from: start, to: since });
        return told.dropExpired();
      }
      if (documents.length >= batchSize) return;
    }
  }

  /** The same bytes again while their answer never came; else the next of the chain. */
  async function receiptFor(reader: SharedReader, since: string, why: 'opened' | 'background') {
    const { receiptOpen, tip, grant, owner } = reader.row();
    if (receiptOpen !== null) return receiptOpen;
    const { boxPk } = reader.deviceLog();
    const made = await parts.makeReceipt({
      origin,
      grant,
      owner: { acct: owner, boxPk },
      tip,
      since,
      why,
      now: now(),
    });
    const open = { bytes: made.object, since, tip: made.tip };
    await reader.keepRow({ receiptOpen: open });
    return open;
  }

  /**
   * The chain goes on from the last receipt of ours that the server holds: a later one than we know of (a restored
   * profile), or whichever it is when nothing was read yet under this server's epoch (a new database). A server that
   * shows an earlier one would have us sign a number twice, and seem to have cheated: false.
   */
  async function adoptReceipt(reader: SharedReader, text: string | null): Promise<boolean> {
    const bytes = text === null ? null : fromBase64url(text);
    const parsed = bytes === null ? null : parseObject(bytes);
    const payload = parsed?.ok === true ? parsePayload(parsed.object.payload, receiptSchema) : null;
    const isOurs =
      parsed?.ok === true && parsed.object.acct === holder.acct && parsed.object.signer === holder.dev;
    const tip =
      bytes !== null && payload?.ok === true && isOurs
        ? { seq: payload.value.seq, hash: objectHash(bytes) }
        : null;
    const held = reader.row().tip;
    if (held !== null && reader.hasRead() && (tip === null || tip.seq <= held.seq)) return false;
    await reader.keepRow({ tip, receiptOpen: null });
    return true;
  }

  async function refused(
    reader: SharedReader,
    reply: Extract<ReadReply, { readonly kind: 'refused' }>,
  ): Promise<void> {
    await reader.takeObjects(reader.row().objects.length, reply.grantLog);
    await reader.keepRow({ receiptOpen: null });
    const { grant } = reader.row();
    if (reply.reason === 'receipt-out-of-order' || reply.reason === 'receipt-invalid')
      troubles.set(grant, reply.reason);
    // A database that was put back serves nobody before its owner was there.
    else if (reply.reason === 'not-yet') await reader.weighRestart();
    else {
      // Only its owner's word, or the end that was agreed, ends a share; a server's word alone would empty a desk.
      await told.dropExpired();
      if (reader.row().ended === null) troubles.set(grant, 'end-unproven');
    }
  }

  async function takeOffer(
    offer: Extract<ReadReply, { readonly kind: 'grants' }>['grants'][number],
  ): Promise<void> {
    const row = await sharedGrants.get(offer.grant);
    if (
      row?.forgotten === true ||
      (row !== undefined && row.refused !== 'not-pinned' && row.refused !== 'not-invited')
    ) {
      const reader = readers.get(offer.grant);
      if (reader === undefined || row.forgotten) return;
      await reader.takeObjects(reader.row().objects.length, offer.objects.slice(reader.row().objects.length));
      return;
    }
    const account = fromBase64url(offer.account);
    const objects = offer.objects.flatMap((text) => fromBase64url(text) ?? []);
    const started = account === null ? null : await startDeviceLog(account);
    if (
      account === null ||
      started?.ok !== true ||
      started.log.acct !== offer.owner ||
      objects.length !== offer.objects.length
    )
      return;
    const { signPk, boxPk } = started.log;
    const replayed = await replayGrant(offer.owner, signPk, objects);
    // check: share: an offer made to this reader
    if (!replayed.ok || replayed.state.grant.to !== holder.acct || replayed.state.grant.grant !== offer.grant)
      return;
    const isFirst = ![...readers.values()].some(
      (one) => one.row().owner === offer.owner && one.row().refused === null,
    );
    const refusal = await parts.admit({
      owner: offer.owner,
      ownerKeys: { signPk, boxPk },
      account,
      state: replayed.state,
      isFirst,
    });
    const made: SharedGrantRow = {
      grant: offer.grant,
      owner: offer.owner,
      deviceLog: [account],
      objects,
      tip: null,
      receiptOpen: null,
      seq: -1,
      readTo: '',
      lastPullAt: null,
      ended: null,
      refused: refusal,
      forgotten: false,
      vouched: new Map(),
    };
    await sharedGrants.put(made);
    await told.offered(made);
  }

  async function ask(read: Parameters<ServerClient['pull']>[0]['reads'][number]): Promise<ReadReply> {
    const answer = await client.pull({ reads: [read], limit: PULL_ITEMS });
    if (!answer.ok) throw new Unexpected(answer.reason);
    // check: share: the database it was read from before
    if (answer.value.serverEpoch !== serverEpoch) throw new Unexpected('server-restarted');
    const [reply] = answer.value.replies;
    if (reply === undefined || answer.value.replies.length !== 1) throw new Unexpected('not-a-server');
    return reply;
  }
}

/** Why a pull stopped; RxDB tries again by itself. */
export class Unexpected extends Error {
  override readonly name = 'Unexpected';
  readonly reason: ConnectionReason | 'server-restarted';
  constructor(reason: ConnectionReason | 'server-restarted') {
    super(`a share could not be read: ${reason}`);
    this.reason = reason;
  }
}
