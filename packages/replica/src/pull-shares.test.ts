import {
  type PullReply,
  pullReplySchema,
  randomGrantId,
  randomServerEpoch,
  toBase64url,
} from '@evenkeel/protocol';
import { startServer } from '@evenkeel/sync-server';
import { expect, test } from 'vitest';
import { deskOf, granting, joined, quick, share } from './share.test-support.ts';
import { DAY, NOON, momentRecords } from './test-device.ts';

/** A share with one mood, and a clinician's desk on a network that tells one lie, or none. */
async function lyingDesk() {
  const server = await startServer({ signups: 'open' });
  const [ada, ali] = [await joined(server, 'ada'), await joined(server, 'ali')];
  await ada.replica.save(momentRecords(ada.replica.clock, { at: NOON - DAY }));
  await ada.replica.syncNow();
  const { grant } = await share(ada, ali);
  const network: { lie: (reply: PullReply) => PullReply } = { lie: (reply) => reply };
  const lying: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init);
    const pulled = pullReplySchema.safeParse(
      await answer
        .clone()
        .json()
        .catch(() => null),
    );
    return pulled.success ? Response.json(network.lie(pulled.data)) : answer;
  };
  const desk = await deskOf(ali);
  const read = async () => {
    await desk.connect({ origin: server.url, ...quick, fetch: lying });
    return desk.openPerson(ada.device.holder.acct);
  };
  const shown = () => desk.person(ada.device.holder.acct).snapshot().moments().length;
  const close = async () => {
    await desk.close();
    await Promise.all([ada.replica.close(), ali.replica.close()]);
    await server.close();
  };
  return { server, ada, ali, grant, network, desk, read, shown, close };
}

test('the answer about one share is not taken for the answer about another', async () => {
  const { network, read, shown, close } = await lyingDesk();
  network.lie = (reply) => ({
    ...reply,
    replies: reply.replies.map((one) => (one.kind === 'grant' ? { ...one, grant: randomGrantId() } : one)),
  });
  expect(await read()).toEqual({ ok: false, reason: 'not-a-server' });
  expect(shown()).toBe(0);
  network.lie = (reply) => reply;
  expect(await read()).toEqual({ ok: true });
  expect(shown()).toBe(1);
  await close();
});

test('what was shared with somebody else, or goes by another name than it was given, is no offer', async () => {
  const { server, ada, grant, network, desk, read, close } = await lyingDesk();
  const eve = await joined(server, 'eve');
  const forEve = await granting(ada, eve);
  network.lie = (reply) => ({
    ...reply,
    replies: reply.replies.map((one) => {
      const [given] = one.kind === 'grants' ? one.grants : [];
      if (one.kind !== 'grants' || given === undefined) return one;
      const renamed = { ...given, grant: randomGrantId() };
      const others = { ...given, grant: forEve.id, objects: forEve.grantLog.map(toBase64url) };
      return { ...one, grants: [...one.grants, renamed, others] };
    }),
  });
  expect(await read()).toEqual({ ok: true });
  expect(desk.snapshot().grants.map((one) => one.grant)).toEqual([grant.state.grant.grant]);
  await eve.replica.close();
  await close();
});

test('nothing is read of a database that took the place of another in the middle', async () => {
  const { network, read, shown, close } = await lyingDesk();
  const serverEpoch = randomServerEpoch();
  network.lie = (reply) => ({ ...reply, serverEpoch });
  expect(await read()).toMatchObject({ ok: false });
  expect(shown()).toBe(0);
  network.lie = (reply) => reply;
  // It has begun to connect again by itself, which may take the place of this.
  await expect.poll(async () => (await read()).ok && shown(), { timeout: 10_000 }).toBe(1);
  await close();
});
