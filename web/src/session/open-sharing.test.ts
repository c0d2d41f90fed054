import { onDay } from '@evenkeel/journal';
import { type GrantId, parseObject, fromBase64url, pushRequestSchema } from '@evenkeel/protocol';
import { makeScope } from '@evenkeel/sharing';
import { setup } from '@evenkeel/test-kit/cast';
import { openDesk, pinInTheRoom } from '@evenkeel/test-kit/shares';
import { join, somebody } from '@evenkeel/test-kit/somebody';
import { expect, test } from 'vitest';
import { keepPin } from './notes.ts';
import { openSharing } from './open-sharing.ts';
import { openedBy } from './opened.test-support.ts';
import type { ShareTerms } from './sharing-contract.ts';

const CONSENT = { version: '1', language: 'en-GB', text: 'You say yes.', shownAt: 1 };

function termsOf(categories: readonly number[]): ShareTerms {
  const made = makeScope(categories, { kind: 'all' });
  if (!made.ok) throw new Error(made.reason);
  return { scope: made.scope, expires: null, purpose: '', personName: 'Sam' };
}

/** A person who shares moods and words with a clinician, over a network that can be away or refuse some pushes. */
async function sharingWide() {
  const stage = await setup({
    person: { entries: [{ when: onDay('2026-10-01', 'Europe/London'), mood: { valence: 0.4 } }] },
  });
  const { person, place, clock } = stage;
  const clinician = await somebody('Dr Ali', clock);
  await join(clinician, place, { kind: 'none' });
  const desk = await openDesk(clinician);
  const net = { isAway: false, refuses: (_types: readonly string[]): boolean => false };
  const fetched: typeof fetch = async (input, init) => {
    if (net.isAway) throw new TypeError('Failed to fetch');
    const { pathname } = new URL(new Request(input).url);
    const types = pathname === '/v1/push' ? await typesIn(input, init) : [];
    if (!net.refuses(types)) return fetch(input, init);
    const problem = { type: 'about:blank', title: 'no', status: 409, code: 'grant-refused' };
    return Response.json(problem, { status: 409 });
  };
  await person.replica.connect({ ...place, live: false, retryMs: 20, fetch: fetched });
  const opened = await openedBy(person);
  const pin = await pinInTheRoom(person, clinician, desk, place.origin);
  await keepPin(opened, pin);
  const sharing = openSharing(opened);
  const given = await sharing.share(pin.acct, termsOf([1, 4]), CONSENT);
  if (!given.ok) throw new Error(given.reason);
  const isStopped = async (grant: GrantId): Promise<boolean> =>
    ((await stage.server.store.findGrantTo(pin.acct, grant))?.revokedAt ?? null) !== null;
  const leave = async (): Promise<void> => {
    await desk.shared.close();
    await clinician[Symbol.asyncDispose]();
    await stage[Symbol.asyncDispose]();
  };
  return { ...stage, net, sharing, wide: given.grant, isStopped, [Symbol.asyncDispose]: leave };
}

async function typesIn(...[input, init]: Parameters<typeof fetch>): Promise<readonly string[]> {
  const request = new Request(input, init).clone();
  const body = await (request.headers.get('content-encoding') === 'gzip'
    ? new Response(request.body?.pipeThrough(new DecompressionStream('gzip'))).json()
    : request.json());
  const parsed = pushRequestSchema.safeParse(body);
  return (parsed.data?.grantLog ?? []).map((text) => typeOf(fromBase64url(text) ?? new Uint8Array()));
}

function typeOf(bytes: Uint8Array): string {
  const parsed = parseObject(bytes);
  return parsed.ok ? parsed.object.type : 'none';
}

test('a share is narrowed in one piece: the old one is stopped before the new one is given', async () => {
  await using stage = await sharingWide();
  const { person, sharing, wide, isStopped } = stage;
  const changed = await sharing.change(wide, termsOf([1]), CONSENT);
  if (!changed.ok) throw new Error(changed.reason);
  const types = (await person.replica.logs.grantObjects()).map(typeOf);
  expect(types.slice(0, 3)).toEqual(['grant', 'revoke', 'grant']);
  expect(await isStopped(wide)).toBe(true);
  expect(await isStopped(changed.grant)).toBe(false);
});

test('where only one half of a narrowing can be done it is the stop, and that is said', async () => {
  await using stage = await sharingWide();
  const { person, sharing, wide, net, isStopped } = stage;
  net.refuses = (types) => types.includes('grant');
  const changed = await sharing.change(wide, termsOf([1]), CONSENT);
  expect(changed).toEqual({ ok: false, reason: 'only-stopped' });
  expect(await isStopped(wide)).toBe(true);
  expect([...person.replica.logs.grant().grants.keys()]).toEqual([wide]);
});

test('a narrowing that the server will not hear of leaves the wider share stopped here, and open nowhere in silence', async () => {
  await using stage = await sharingWide();
  const { sharing, wide, net, isStopped, person } = stage;
  net.refuses = (types) => types.includes('revoke');
  expect(await sharing.change(wide, termsOf([1]), CONSENT)).toEqual({ ok: false, reason: 'only-stopped' });
  expect(await isStopped(wide)).toBe(false);
  await expect
    .poll(() => {
      const state = sharing.read();
      return state.status === 'ready' ? [state.shares, state.ended.map(({ reached }) => reached)] : null;
    })
    .toEqual([[], ['waiting']]);
  net.refuses = () => false;
  await person.replica.syncNow();
  expect(await isStopped(wide)).toBe(true);
});

test('a narrowing made while away goes out whole, also when its new half is refused later', async () => {
  await using stage = await sharingWide();
  const { sharing, wide, net, isStopped, person } = stage;
  net.isAway = true;
  const changed = await sharing.change(wide, termsOf([1]), CONSENT);
  expect(changed).toMatchObject({ ok: true, reached: 'waiting' });
  net.isAway = false;
  net.refuses = (types) => types.includes('grant');
  await person.replica.syncNow();
  await expect.poll(() => isStopped(wide)).toBe(true);
  net.refuses = () => false;
  await person.replica.syncNow();
  expect(person.replica.logs.grant().grants.size).toBe(2);
  expect(changed.ok && (await isStopped(changed.grant))).toBe(false);
});
