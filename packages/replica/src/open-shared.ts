/**
 * A clinician's device: what people shared with its account. Each share is read with a signed receipt, verified
 * under the account that made it, kept as envelopes in a collection that only receives, and opened into an index per
 * person, in memory. When a share ends, keys, envelopes and index go, and that is said.
 */
import { type AccountId, type GrantId, type ServerEpoch, grantStatus, isAdmitted } from '@evenkeel/protocol';
import type { Holder, Vault } from '@evenkeel/vault';
import type { DeviceStore, SharedGrantRow } from './device-store.ts';
import type { EnvelopeStore } from './envelopes.ts';
import { type SharedChoices, createSharePull } from './pull-shares.ts';
import type { SharedEnd, SharedFault } from './reasons.ts';
import type { ConnectOptions, ConnectOutcome, Connection } from './replica.ts';
import { createOpenedMemory, envelopeOfText } from './sealed-version.ts';
import { blankReplicationCopies } from './second-copies.ts';
import { createSerial } from './serial.ts';
import { createClient } from './server-client.ts';
import { createSharedPeople, docsOf } from './shared-people.ts';
import { type SharedReader, openSharedReader } from './shared-reader.ts';
import type { Shared, SharedGrant, SharedSnapshot } from './shared.ts';

export type OpenSharedOptions = SharedChoices & {
  readonly vault: Vault;
  readonly store: DeviceStore;
  readonly holder: Holder;
  readonly now: () => number;
  readonly multiInstance?: boolean;
};

const RETRY_MS = 3000;
const LEADER_WAIT_MS = 1500;
/** A clock that was set, or a computer that slept, is noticed within this time while a share begins or ends by itself. */
const LOOK_EVERY_MS = 60_000;

export async function openShared(options: OpenSharedOptions): Promise<Shared> {
  const { vault, store, holder, now } = options;
  const { sharedGrants } = store.tables;
  const opened = createOpenedMemory();
  const listeners = new Set<() => void>();
  const readers = new Map<GrantId, SharedReader>();
  const views = new Map<GrantId, SharedGrant>();
  const byHand = new Set<AccountId>();
  const afresh = new Set<GrantId>();
  const troubles = new Map<GrantId, SharedFault>();
  const fill = createSerial();
  const serial = createSerial();
  const { openEnvelopes } = await import('./envelopes.ts');
  const envelopes: EnvelopeStore = await openEnvelopes({
    name: store.envelopesName,
    collection: 'shared',
    ...(options.multiInstance !== undefined && { multiInstance: options.multiInstance }),
  });
  const people = createSharedPeople({ vault, envelopes, opened });
  let connection: Connection = { status: 'off' };
  let version = 0;
  let current: SharedSnapshot = { version, connection, grants: [] };
  let world: { readonly origin: string; readonly serverEpoch: ServerEpoch } | null = await store.server();
  let link: { readonly syncNow: () => Promise<ConnectOutcome>; readonly stop: () => Promise<void> } | null =
    null;
  let attempt = 0;
  let retryTimer: ReturnType<typeof setTimeout> | null = null;
  let lookTimer: ReturnType<typeof setTimeout> | undefined;

  const changed = (): void => {
    version += 1;
    current = {
      version,
      connection,
      grants: [...views.values()].toSorted((a, b) => a.state.grant.time - b.state.grant.time),
    };
    for (const listener of listeners) listener();
  };
  const stopListening = envelopes.onChange(({ docs }) => {
    fill(async () => {
      await people.fill(docs);
      changed();
    }).catch(() => undefined);
  });
  await openReaders();
  const loaded = fill(() => people.load([...readers.values()].map((reader) => reader.row().owner)));
  loaded.catch(() => undefined);

  const shared: Shared = {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => current,
    person: people.indexOf,
    loaded,
    async connect(connectOptions) {
      await shared.disconnect();
      attempt += 1;
      return connectTo(connectOptions, attempt, 0);
    },
    async disconnect() {
      attempt += 1;
      if (retryTimer !== null) clearTimeout(retryTimer);
      retryTimer = null;
      await serial(async () => {
        const ending = link;
        link = null;
        await ending?.stop();
      });
      setConnection({ status: 'off' });
    },
    async syncNow() {
      await dropExpired();
      if (link === null)
        return { ok: false, reason: connection.status === 'stopped' ? connection.reason : 'unreachable' };
      const outcome = await link.syncNow();
      await fill(() => Promise.resolve());
      return outcome;
    },
    async openPerson(owner) {
      byHand.add(owner);
      return shared.syncNow();
    },
    lookAtClock,
    async forget(owner) {
      for (const reader of [...readers.values()].filter((one) => one.row().owner === owner)) {
        await reader.keepRow({ forgotten: true });
        await dropGrant(reader);
        readers.delete(reader.row().grant);
        views.delete(reader.row().grant);
      }
      people.forget(owner);
      changed();
    },
    async close() {
      await shared.disconnect();
      readers.clear();
      clearTimeout(lookTimer);
      stopListening();
      await fill(() => Promise.resolve());
      await envelopes.close();
      people.clear();
      opened.clear();
      listeners.clear();
    },
  };
  return shared;

  // --- what is held on this device --------------------------------------------------------------------------

  async function openReaders(): Promise<void> {
    readers.clear();
    views.clear();
    if (world !== null) {
      const unfinished: SharedReader[] = [];
      for (const row of await sharedGrants.toArray()) {
        const reader = await readerOf(row);
        if (reader === null) continue;
        if ((row.forgotten || row.ended !== null) && row.emptied !== true) unfinished.push(reader);
        if (row.forgotten) continue;
        readers.set(row.grant, reader);
        if (row.ended === null && row.refused === null) await reader.openPacks();
        await view(reader);
      }
      // The page was cut off while it dropped them.
      for (const reader of unfinished) await dropGrant(reader);
    }
    await dropExpired();
    changed();
  }

  async function readerOf(row: SharedGrantRow): Promise<SharedReader | null> {
    if (world === null) return null;
    const { origin, serverEpoch } = world;
    return openSharedReader(
      { vault, store, holder, origin, serverEpoch, opened, now, changed: () => undefined },
      row,
    );
  }

  async function offered(row: SharedGrantRow): Promise<void> {
    const reader = await readerOf(row);
    if (reader === null) return;
    readers.set(row.grant, reader);
    await view(reader);
  }

  async function view(reader: SharedReader): Promise<void> {
    const { grant, owner, ended, refused, lastPullAt } = reader.row();
    const { signPk, boxPk } = reader.deviceLog();
    const shown = {
      grant,
      owner,
      ownerKeys: { signPk, boxPk },
      state: reader.state(),
      ended,
      fault: refused ?? troubles.get(grant) ?? null,
      completeness: await reader.completeness(),
      lastPullAt,
      ...(await reader.setApart()),
    };
    views.set(grant, { ...shown, status: statusOf(reader) });
  }

  function statusOf(reader: SharedReader): SharedGrant['status'] {
    const { ended, refused } = reader.row();
    if (ended !== null) return 'ended';
    if (refused !== null) return 'refused';
    return grantStatus(reader.state(), now()) === 'not-yet' ? 'not-yet' : 'open';
  }

  // --- endings ----------------------------------------------------------------------------------------------

  async function dropExpired(): Promise<void> {
    for (const reader of readers.values()) {
      const { ended, refused } = reader.row();
      const standing = grantStatus(reader.state(), now());
      if (ended === null && refused === null && (standing === 'revoked' || standing === 'expired'))
        await end(reader, standing);
      // By what its owner signed it is not over: this device's clock had run ahead.
      else if (ended?.reason === 'expired' && standing === 'active') await beginAgain(reader);
      else if (views.has(reader.row().grant) && views.get(reader.row().grant)?.status !== statusOf(reader)) {
        await view(reader);
        changed();
      }
    }
    lookInTime();
  }

  function lookAtClock(): void {
    void dropExpired().catch(() => undefined);
  }

  function lookInTime(): void {
    clearTimeout(lookTimer);
    const due = [...readers.values()].flatMap((reader) => {
      const { notBefore, expires } = reader.state().grant;
      return reader.row().ended === null ? [notBefore, expires ?? 0] : [];
    });
    const left = Math.min(...due.map((at) => at - now()).filter((ms) => ms > 0));
    if (left < Infinity) lookTimer = setTimeout(lookAtClock, Math.min(left, LOOK_EVERY_MS));
  }

  async function beginAgain(reader: SharedReader): Promise<void> {
    await reader.keepRow({ ended: null, emptied: false, seq: -1, readTo: '' });
    afresh.add(reader.row().grant);
    await view(reader);
    changed();
  }

  async function end(reader: SharedReader, reason: SharedEnd): Promise<void> {
    await reader.keepRow({ ended: { reason, at: now() } });
    // What is on a screen goes first.
    await view(reader);
    changed();
    await dropGrant(reader);
    await view(reader);
    changed();
  }

  /** Keys first; then every envelope that no other open share of the same person admits. */
  async function dropGrant(reader: SharedReader): Promise<void> {
    const { owner, grant } = reader.row();
    await reader.drop();
    const others = [...readers.values()].filter((one) => {
      const row = one.row();
      return (
        row.owner === owner &&
        row.grant !== grant &&
        row.ended === null &&
        row.refused === null &&
        !row.forgotten
      );
    });
    const docs = await docsOf(envelopes, owner);
    const gone = docs.filter(({ env }) => {
      const header = envelopeOfText(env)?.header;
      return header === undefined || !others.some((one) => isAdmitted(one.state(), header.sid, header.kid));
    });
    if (gone.length > 0) {
      await envelopes.write(
        gone.map((doc) => ({ previous: doc, doc: { id: doc.id, sid: '', env: '', _deleted: true } })),
      );
      await blankReplicationCopies(store.envelopesName, new Map(gone.map(({ id }) => [id, ''])));
      await fill(() => Promise.resolve());
    }
    await reader.keepRow({ emptied: true });
  }

  // --- the server -------------------------------------------------------------------------------------------

  function setConnection(next: Connection): void {
    if (
      next.status === connection.status &&
      (next.status !== 'stopped' || connection.status !== 'stopped' || next.reason === connection.reason)
    )
      return;
    connection = next;
    changed();
  }

  async function connectTo(
    connectOptions: ConnectOptions,
    mine: number,
    failures: number,
  ): Promise<ConnectOutcome> {
    setConnection({ status: 'connecting' });
    if (!(await envelopes.waitForLead(LEADER_WAIT_MS))) {
      void envelopes
        .waitForLead(null)
        .then(() => (mine === attempt ? connectTo(connectOptions, mine, 0) : undefined))
        .catch(() => undefined);
      setConnection({ status: 'online' });
      return { ok: true };
    }
    const outcome = await serial(() =>
      mine === attempt
        ? openLinkTo(connectOptions)
        : Promise.resolve<ConnectOutcome>({ ok: false, reason: 'unreachable' }),
    );
    if (mine !== attempt) return outcome;
    if (outcome.ok) {
      setConnection({ status: 'online' });
      return outcome;
    }
    setConnection({ status: 'stopped', reason: outcome.reason });
    if (outcome.reason === 'unreachable') {
      const wait =
        Math.min(60_000, (connectOptions.retryMs ?? RETRY_MS) * 2 ** failures) * (0.75 + Math.random() / 2);
      retryTimer = setTimeout(
        () => void connectTo(connectOptions, mine, Math.min(failures + 1, 10)).catch(() => undefined),
        wait,
      );
    }
    return outcome;
  }

  async function openLinkTo(connectOptions: ConnectOptions): Promise<ConnectOutcome> {
    const client = createClient(
      connectOptions,
      {
        acct: holder.acct,
        dev: holder.dev,
        signSession: (origin, challenge) => vault.signSession(origin, challenge),
      },
      now,
    );
    const info = await client.info();
    if (!info.ok) return info;
    if (info.value.origin !== connectOptions.origin) return { ok: false, reason: 'wrong-origin' };
    const session = await client.openSession();
    if (!session.ok) return session;
    const isOther = world?.origin !== connectOptions.origin || world.serverEpoch !== session.value;
    world = { origin: connectOptions.origin, serverEpoch: session.value };
    if (isOther) await openReaders();
    troubles.clear();
    const { openSharedLink } = await import('./shared-link.ts');
    link = openSharedLink({
      client,
      envelopes,
      options: connectOptions,
      serverEpoch: session.value,
      pull: createSharePull({
        ...options,
        client,
        origin: connectOptions.origin,
        serverEpoch: session.value,
        readers,
        byHand,
        afresh,
        troubles,
        told: { offered, read: view, dropExpired, changed },
      }),
      reached: (reason) =>
        setConnection(reason === null ? { status: 'online' } : { status: 'stopped', reason }),
      serverEpochChanged: () => void shared.connect(connectOptions).catch(() => undefined),
    });
    return { ok: true };
  }
}
