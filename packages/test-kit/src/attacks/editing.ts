/** Changing what passes: a pull's pages, an envelope's bytes, a signed object's bytes. */
import {
  type ReadReply,
  fromBase64url,
  pullReplySchema,
  pushReplySchema,
  toBase64url,
  type Item,
  type PushReply,
} from '@evenkeel/protocol';
import type { EvilExchange, Meddling, ReplyFate } from '../evil-server.ts';

export type OwnPage = Extract<ReadReply, { kind: 'own' }>;
export type GrantPage = Extract<ReadReply, { kind: 'grant' }>;

/** Changes each answer to a read of the own account. What `edit` returns unchanged is passed on. */
export function editOwn(edit: (page: OwnPage) => OwnPage): Meddling {
  return {
    onReply: (exchange) => editReplies(exchange, (reply) => (reply.kind === 'own' ? edit(reply) : reply)),
  };
}

/** Changes each answer to a read of a share. */
export function editGrant(edit: (page: GrantPage) => GrantPage): Meddling {
  return {
    onReply: (exchange) => editReplies(exchange, (reply) => (reply.kind === 'grant' ? edit(reply) : reply)),
  };
}

export function editReplies(exchange: EvilExchange, edit: (reply: ReadReply) => ReadReply): ReplyFate {
  if (exchange.path !== '/v1/pull') return 'pass';
  const parsed = pullReplySchema.safeParse(exchange.reply);
  if (!parsed.success) return 'pass';
  const replies = parsed.data.replies.map(edit);
  if (replies.every((reply, i) => reply === parsed.data.replies[i])) return 'pass';
  return { kind: 'change', body: { ...parsed.data, replies } };
}

/** Changes each answer to a push. */
export function editPush(edit: (reply: PushReply, exchange: EvilExchange) => PushReply): Meddling {
  return {
    onReply: (exchange) => {
      if (exchange.path !== '/v1/push') return 'pass';
      const parsed = pushReplySchema.safeParse(exchange.reply);
      return parsed.success ? { kind: 'change', body: edit(parsed.data, exchange) } : 'pass';
    },
  };
}

/** Changes the JSON of each answer at a path that begins so. */
export function editJson(path: string, edit: (body: Readonly<Record<string, unknown>>) => unknown): Meddling {
  return {
    onReply: ({ path: asked, status, reply }) =>
      asked.startsWith(path) && status < 300 && isObject(reply)
        ? { kind: 'change', body: edit(reply) }
        : 'pass',
  };
}

/** The pages of the own account in an answer, if it is one to a pull. */
export function ownPagesIn(reply: unknown): readonly OwnPage[] {
  const parsed = pullReplySchema.safeParse(reply);
  return parsed.success ? parsed.data.replies.flatMap((one) => (one.kind === 'own' ? [one] : [])) : [];
}

/** One bit of base64url bytes changed; a negative position counts from the end. */
export function flipBit(text: string, at: number): string {
  return mapBytes(text, (bytes) => {
    const place = at < 0 ? bytes.length + at : at;
    bytes[place] = (bytes[place] ?? 0) ^ 1;
    return bytes;
  });
}

export function setByte(text: string, at: number, value: number): string {
  return mapBytes(text, (bytes) => {
    bytes[at] = value;
    return bytes;
  });
}

export function cutBytes(text: string, count: number): string {
  return mapBytes(text, (bytes) => bytes.subarray(0, bytes.length - count));
}

export function mapBytes(text: string, change: (bytes: Uint8Array) => Uint8Array): string {
  return toBase64url(change(fromBase64url(text) ?? new Uint8Array()));
}

export type Body = Extract<Item, { env: string }>;

export function isBody(item: Item): item is Body {
  return 'env' in item;
}

/** The longest stream of a page with at least `least` bodies in a row, in order of position. */
export function longestStream(items: readonly Item[], least: number): readonly Body[] {
  const bySid = new Map<string, Map<number, Body>>();
  for (const item of items.filter(isBody))
    bySid.set(item.sid, (bySid.get(item.sid) ?? new Map<number, Body>()).set(item.n, item));
  const [longest = new Map<number, Body>()] = [...bySid.values()].toSorted((a, b) => b.size - a.size);
  return longest.size < least ? [] : [...longest.values()].toSorted((a, b) => a.n - b.n);
}

/**
 * Chooses a victim once, from the first page that has one, and does the same to it ever after: a lie that
 * changes each time it is told is easier to notice.
 */
export function victimOf(least: number, choose: (stream: readonly Body[]) => Body | undefined) {
  let chosen: Body | null = null;
  return (items: readonly Item[]): Body | null => {
    chosen ??= choose(longestStream(items, least)) ?? null;
    return chosen;
  };
}

/** Replaces or removes (`null`) the victim wherever it is served. */
export function replaceItem(
  items: readonly Item[],
  victim: Body | null,
  change: (item: Body) => Item | null,
): Item[] {
  return items.flatMap((item) => {
    if (victim === null || !isBody(item) || item.sid !== victim.sid || item.n !== victim.n) return [item];
    return change(item) ?? [];
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
