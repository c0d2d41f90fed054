import { type Bytes, type Read, START_CURSOR, toBase64url } from '@evenkeel/protocol';
import { expect, test } from 'vitest';
import { startServer } from '../start-server.ts';
import { NOTHING_HELD, grant, grantOf, join, readGrant, receipts, sidOf } from '../test-client.ts';

const FULL = 8000;
/** A Grant of about 8 kB each. */
const streams = Array.from({ length: 200 }, (_, at) => ({ sid: sidOf(`s${at}`), kids: null }));

async function sharing(count: number) {
  const server = await startServer({ limits: { pullBytes: FULL } });
  const anna = await join(server, 'Anna');
  const berg = await join(server, 'Dr Berg');
  const grants: Bytes[] = [];
  for (let at = 0; at < count; at += 1)
    grants.push(await grant(anna.person, `g${at}`, berg.person.acct, streams));
  await anna.client.push({ grantLog: grants });
  const each = Math.max(...grants.map(({ length }) => length));
  return { server, anna: anna.client, berg: berg.client, grants, each };
}

test('check pull-room: an answer ends where it is full, whatever fills it, and the next one goes on', async () => {
  const { server, anna, grants, each } = await sharing(12);
  await using _ = server;
  const own = (grantLog: number): Read => ({
    kind: 'own',
    since: START_CURSOR,
    have: { ...NOTHING_HELD, grantLog },
  });
  const got: string[] = [];
  for (let more = true; more;) {
    const [page] = (await anna.pull([own(got.length)])).replies;
    if (page?.kind !== 'own') throw new TypeError('no page');
    expect(page.grantLog.length).toBeLessThanOrEqual(2);
    got.push(...page.grantLog);
    more = page.more;
  }
  expect(got).toEqual(grants.map(toBase64url));

  const many = await anna.ask('POST', '/v1/pull', {
    reads: Array.from({ length: 60 }, () => own(0)),
    limit: 1000,
  });
  expect(JSON.stringify(many.body).length).toBeLessThan(4 * (FULL + 3 * each));
  expect(JSON.stringify(many.body)).toContain('"more":true');
});

test('a refusal to many reads of a grant is not many times its objects', async () => {
  const { server, berg, each } = await sharing(1);
  await using _ = server;
  const receipt = toBase64url(
    await receipts(berg, 'g0').next(START_CURSOR, { origin: 'https://other.example' }),
  );
  const read = { kind: 'grant', grant: grantOf('g0'), since: START_CURSOR, have: NOTHING_HELD, receipt };
  const answer = await berg.ask('POST', '/v1/pull', {
    reads: Array.from({ length: 60 }, () => read),
    limit: 1,
  });
  expect(JSON.stringify(answer.body)).toContain('receipt-invalid');
  expect(JSON.stringify(answer.body).length).toBeLessThan(60 * 300 + 4 * each);
});

test('check grants-once: the list of grants has an end however many there are, and is given once', async () => {
  const { server, berg, each } = await sharing(30);
  await using _ = server;
  const list = { kind: 'grants' } as const;
  const answer = await berg.ask('POST', '/v1/pull', { reads: [list], limit: 1 });
  expect(JSON.stringify(answer.body).length).toBeLessThan(2 * (4 * FULL + each));
  expect(await readGrant(berg, receipts(berg, 'g0'), 'g0')).toMatchObject({ kind: 'grant' });
  expect((await berg.ask('POST', '/v1/pull', { reads: [list, list], limit: 1 })).code).toBe(
    'malformed-request',
  );
});
