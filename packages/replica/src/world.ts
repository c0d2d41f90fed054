/** What this device knows of one server's copy of the diary, whether or not it can be reached now. */
import type { DeviceLog, GrantLog, ServerEpoch } from '@evenkeel/protocol';
import type { Holder, Vault } from '@evenkeel/vault';
import { type Books, createBooks, ownScope } from './books.ts';
import type { DeviceStore } from './device-store.ts';
import { type FaultBook, createFaultBook } from './fault-book.ts';
import { type HeadKeeper, createHeads } from './heads.ts';

export type World = {
  readonly origin: string;
  readonly serverEpoch: ServerEpoch;
  readonly books: Books;
  readonly faults: FaultBook;
  readonly heads: HeadKeeper;
};

export function createWorld(parts: {
  readonly vault: Vault;
  readonly store: DeviceStore;
  readonly holder: () => Holder;
  readonly deviceLog: () => DeviceLog;
  readonly grantLog: () => GrantLog;
  readonly now: () => number;
  readonly changed: () => void;
  readonly origin: string;
  readonly serverEpoch: ServerEpoch;
}): World {
  const { origin, serverEpoch, store, now } = parts;
  const scope = ownScope(origin, serverEpoch);
  const books = createBooks(store, { acct: parts.holder().acct, serverEpoch, scope });
  const faults = createFaultBook(store, scope, now, parts.changed);
  return { origin, serverEpoch, books, faults, heads: createHeads({ ...parts, books, faults }) };
}
