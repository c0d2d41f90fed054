/** POST /v1/pull: the own diary, what others have shared, and which grants there are. */
import {
  type Read,
  type ReadReply,
  STUB_BYTES,
  fromBase64url,
  parseObject,
  pullReplySchema,
  pullRequestSchema,
  receiptSchema,
  toBase64url,
  verifyObject,
} from '@evenkeel/protocol';
import { ProblemFound } from '../problem-handler.ts';
import { type Caller, sessionRoute } from '../route.ts';
import type { Services } from '../services.ts';
import type { Cursor, Page, PageRequest, SideKind, VerifiedReceipt } from '../store/store.ts';

type ReadOf<Kind extends Read['kind']> = Extract<Read, { readonly kind: Kind }>;

export const pullRoute = sessionRoute({
  method: 'post',
  path: '/v1/pull',
  summary: 'A list of reads: the own account, grants made to it (each with a signed receipt), and their list',
  body: pullRequestSchema,
  reply: pullReplySchema,
  problems: [],
  handle: async (services, { body, caller }) => {
    const replies: ReadReply[] = [];
    const { limits } = services;
    let bytes = limits.pullBytes;
    // check: grants-once
    if (body.reads.filter(({ kind }) => kind === 'grants').length > 1)
      throw new ProblemFound('malformed-request', 'reads: the same list twice');
    for (const read of body.reads) {
      // check: pull-room
      const room = { ...(bytes > 0 ? { limit: body.limit, sideRows: limits.pullSideRows } : NO_ROOM), bytes };
      const { reply, size } = await answerRead(services, caller, read, room);
      bytes = Math.max(0, bytes - size);
      replies.push(reply);
    }
    return { serverEpoch: services.store.serverEpoch, replies };
  },
});

/** A read that comes after the answer is full is told to ask again. */
const NO_ROOM = { limit: 0, sideRows: 0 };
type PageRoom = Pick<PageRequest, 'limit' | 'sideRows' | 'bytes'>;
type Answered = { readonly reply: ReadReply; readonly size: number };

async function answerRead(services: Services, caller: Caller, read: Read, room: PageRoom): Promise<Answered> {
  switch (read.kind) {
    case 'own':
      return answerOwn(services, caller, read, room);
    case 'grant':
      return answerGrant(services, caller, read, room);
    case 'grants': {
      const grants = await services.store.grantsTo(caller.acct, services.limits.pullBytes);
      const said = grants.map(({ grant, owner, account, objects, seq }) => ({
        grant,
        owner,
        account: toBase64url(account),
        objects: objects.map(toBase64url),
        seq,
      }));
      return { reply: { kind: 'grants', grants: said }, size: 0 };
    }
  }
}

async function answerOwn(
  { store }: Services,
  caller: Caller,
  read: ReadOf<'own'>,
  room: PageRoom,
): Promise<Answered> {
  const request = pageRequest(read, room);
  const page = await store.pullOwn(caller.acct, request);
  const reply: ReadReply = {
    kind: 'own',
    ...pageReply(page, read.since),
    heads: sideOf(page, 'head'),
    grantLog: page.grantLog.map(toBase64url),
    receipts: sideOf(page, 'receipt'),
  };
  return { reply, size: sizeOf(page) };
}

async function answerGrant(
  services: Services,
  caller: Caller,
  read: ReadOf<'grant'>,
  room: PageRoom,
): Promise<Answered> {
  const { store, clock, rates, disk } = services;
  const { grant } = read;
  const refuse = (
    reason: Extract<ReadReply, { kind: 'refused' }>['reason'],
    grantLog: readonly Uint8Array[],
    last: Uint8Array | null,
  ): Answered => ({
    reply: {
      kind: 'refused',
      grant,
      reason,
      grantLog: grantLog.map(toBase64url),
      lastReceipt: last === null ? null : toBase64url(last),
    },
    size: lengthOf(grantLog),
  });
  // check: receipt-rate
  await rates.receipt(grant, caller.dev);
  const objectRoom = { rows: room.sideRows, bytes: room.bytes };
  const receipt = await verifyReceipt(services, caller, read);
  // check: receipt-valid
  if (receipt === null)
    return refuse(
      'receipt-invalid',
      await store.grantObjects(caller.acct, grant, read.have.grantLog, objectRoom),
      null,
    );
  const moment = { now: clock(), limits: await disk.limitsNow() };
  const answer = await store.pullGrant(grant, receipt, pageRequest(read, room), moment);
  if (!answer.ok)
    return refuse(answer.reason, answer.grantLog, 'lastReceipt' in answer ? answer.lastReceipt : null);
  const { page } = answer;
  const reply: ReadReply = {
    kind: 'grant',
    grant,
    ...pageReply(page, read.since),
    heads: sideOf(page, 'grant-head'),
    grantLog: page.grantLog.map(toBase64url),
  };
  return { reply, size: sizeOf(page) };
}

/** Null unless this device of the reader signed it for this pull, of this grant, on this server. */
async function verifyReceipt(
  { origin, limits }: Services,
  caller: Caller,
  read: ReadOf<'grant'>,
): Promise<VerifiedReceipt | null> {
  const bytes = fromBase64url(read.receipt);
  // check: receipt-size
  if (bytes !== null && bytes.length > limits.receiptBytes) return null;
  const device = caller.account.devices.get(caller.dev);
  if (bytes === null || device === undefined || !parseObject(bytes).ok) return null;
  const expected = {
    type: 'receipt',
    acct: caller.acct,
    signer: caller.dev,
    publicKey: device.signPk,
  } as const;
  const verified = await verifyObject(bytes, expected, receiptSchema);
  // check: receipt-signature
  if (!verified.ok) return null;
  const { payload } = verified;
  // check: receipt-origin
  if (payload.origin !== origin) return null;
  // check: receipt-grant
  if (payload.grant !== read.grant) return null;
  // check: receipt-since
  if (payload.since !== read.since) return null;
  return {
    reader: caller.acct,
    dev: caller.dev,
    seq: payload.seq,
    prev: payload.prev,
    hash: verified.hash,
    bytes,
  };
}

function pageRequest(read: ReadOf<'own' | 'grant'>, room: PageRoom): PageRequest {
  return { since: cursorOf(read.since), have: read.have, ...room };
}

function pageReply(page: Page, since: string) {
  const last = page.items.at(-1)?.cursor;
  return {
    items: page.items.map(({ sid, n, body }) =>
      body.length === STUB_BYTES ? { sid, n, stub: toBase64url(body) } : { sid, n, env: toBase64url(body) },
    ),
    cursor: last === undefined ? since : `${last.admitted}.${last.own}`,
    more: page.more,
    deviceLog: page.deviceLog.map(toBase64url),
    packs: sideOf(page, 'pack'),
    side: page.sideSeq,
  };
}

function sideOf(page: Page, kind: SideKind): string[] {
  return page.side.filter((one) => one.kind === kind).map((one) => toBase64url(one.bytes));
}

function sizeOf({ items, deviceLog, grantLog, side }: Page): number {
  const bodies = [...items.map(({ body }) => body), ...side.map(({ bytes }) => bytes)];
  return lengthOf([...bodies, ...deviceLog, ...grantLog]);
}

function lengthOf(all: readonly Uint8Array[]): number {
  return all.reduce((sum, { length }) => sum + length, 0);
}

function cursorOf(text: string): Cursor {
  const [admitted = '0', own = '0'] = text.split('.');
  return { admitted: Number(admitted), own: Number(own) };
}
