/**
 * A sync server in a process of its own, with limits that no measurement meets. Told what to serve by the one JSON
 * argument; says its address on one line and runs until it is asked to stop.
 */
import { z } from '@evenkeel/protocol';
import { startServer } from '@evenkeel/sync-server';

const PLENTY = 1_000_000_000;
const optionsSchema = z.strictObject({
  database: z.string(),
  port: z.int(),
  webDir: z.optional(z.string()),
});

const { database, port, webDir } = optionsSchema.parse(JSON.parse(process.argv[2] ?? '{}'));
const server = await startServer({
  database,
  port,
  ...(webDir !== undefined && { webDir }),
  signups: 'open',
  limits: {
    requestsPerMinute: PLENTY,
    requestBurst: PLENTY,
    pushesPerMinute: PLENTY,
    requestsAtOnce: PLENTY,
    requestsAtOncePerAddress: PLENTY,
    openRegistrationsPerDayPerAddress: PLENTY,
    liveStreams: PLENTY,
    accounts: PLENTY,
    accountBytes: 1000 * PLENTY,
    accountStreams: PLENTY,
    devices: PLENTY,
  },
});
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void server.close());
console.log(JSON.stringify({ url: server.url, port: server.port }));
