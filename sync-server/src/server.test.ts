import { expect, test } from 'vitest';
import { startServer } from './start-server.ts';
import { join, readGrant, receipts, grant, revoke, sidOf, kidOf } from './test-client.ts';

test('a person registers, pushes, pulls, shares, and stops sharing', async () => {
  const server = await startServer();
  const anna = await join(server, 'Anna');
  const berg = await join(server, 'Dr Berg');
  const envelope = await anna.device.envelope({ sid: sidOf('mood') });
  const pushed = await anna.client.push({ envelopes: [envelope] });
  expect(pushed.envelopes[0]).toMatchObject({ status: 'done', n: 1 });
  expect(await anna.client.pullAll()).toHaveLength(1);
  await anna.client.push({
    grantLog: [await grant(anna.person, 'g', berg.person.acct, [{ sid: sidOf('mood'), kids: null }])],
  });
  const chain = receipts(berg.client, 'g');
  const read = await readGrant(berg.client, chain, 'g');
  expect(read).toMatchObject({ kind: 'grant', items: [{ n: 1 }] });
  await anna.client.push({ grantLog: [await revoke(anna.person, 'g')] });
  expect(await readGrant(berg.client, chain, 'g')).toMatchObject({ kind: 'refused', reason: 'revoked' });
  await server.close();
});
