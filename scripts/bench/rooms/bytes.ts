/** P9: bytes per mood entry on the wire, at rest on the server, and on restore. Counted, not timed. */
import { gunzipSync } from 'node:zlib';
import { CATEGORY_NUMBERS } from '@evenkeel/journal';
import { START_CURSOR, pullReplySchema } from '@evenkeel/protocol';
import { diaryOf, joinServer, pushAll, sealAll } from '../account.ts';
import type { Room } from '../bench.ts';
import { valueRow } from '../row.ts';
import { startBenchServer } from '../server-process.ts';
import { listenIn, postRaw } from '../wire.ts';

const A_REQUEST = 100;
const A_PAGE = 1000;

export const bytes: Room = {
  ids: ['P9'],
  async run({ amount }) {
    await using server = await startBenchServer();
    const wire = listenIn();
    const account = await joinServer(server.url, wire.fetch);
    const wanted = Math.ceil(amount(10_000) / A_REQUEST) * A_REQUEST;
    const moods = diaryOf(account, 4 * wanted)
      .filter(({ cat }) => cat === CATEGORY_NUMBERS.mood)
      .slice(-wanted);
    await pushAll(account, await sealAll(account, moods), A_REQUEST);
    const restored = await restoreBytes(server.url, wire.authorization(), moods.length);
    await server.stop();
    const said = { id: 'P9', unit: 'B' };
    const each = (total: number): number => total / moods.length;
    return [
      valueRow(
        { ...said, what: 'a mood entry on the wire, 100 a request, gzip', aim: { atMost: 620 } },
        each(wire.bytesTo('/v1/push')),
      ),
      valueRow(
        { ...said, what: 'a mood entry at rest on the server, all overhead', aim: { atMost: 750 } },
        each(await server.storedBytes()),
      ),
      valueRow({ ...said, what: 'a mood entry on restore, gzip', aim: { atMost: 620 } }, each(restored)),
    ];
  },
};

/** Compressed bytes of a whole pull. */
async function restoreBytes(url: string, authorization: string, expected: number): Promise<number> {
  let total = 0;
  let count = 0;
  let since = START_CURSOR;
  for (let more = true; more;) {
    const reads = [{ kind: 'own', since, have: { deviceLog: 0, grantLog: 0, side: 0 } }];
    const { status, body } = await postRaw(`${url}/v1/pull`, authorization, { reads, limit: A_PAGE });
    if (status !== 200) throw new Error(`the server answered ${status}`);
    total += body.length;
    const [reply] = pullReplySchema.parse(JSON.parse(gunzipSync(body).toString('utf8'))).replies;
    if (reply?.kind !== 'own') throw new Error('the server answered something else');
    count += reply.items.length;
    since = reply.cursor;
    more = reply.more;
  }
  if (count !== expected) throw new Error(`${count} of ${expected} entries came back`);
  return total;
}
