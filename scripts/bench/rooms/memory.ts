/** P7: what the server weighs when nobody asks for anything, and what each live stream adds. */
import { spawn } from 'node:child_process';
import { mkdtempDisposable } from 'node:fs/promises';
import { Agent, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { joinServer } from '../account.ts';
import type { Bench, Room } from '../bench.ts';
import { root } from '../../run-command.ts';
import { valueRow } from '../row.ts';
import { ended, firstLine, residentBytesOf, startBenchServer } from '../server-process.ts';
import { median } from '../statistics.ts';
import { freePort } from '../free-port.ts';
import { listenIn } from '../wire.ts';

const SETTLE_MS = 3000;

export const memory: Room = {
  ids: ['P7'],
  async run(bench) {
    const starts: number[] = [];
    // The first start fills Node's compile cache, as the first `npm start` does.
    for (let round = 0; round <= bench.rounds; round += 1) starts.push(await idleBytes(bench));
    const count = bench.amount(2000);
    const streams: number[] = [];
    for (let round = 0; round < Math.min(3, bench.rounds); round += 1)
      streams.push(await bytesPerStream(count));
    return [
      valueRow(
        { id: 'P7', what: 'server memory, idle, serving the app', unit: 'MB', aim: { atMost: 110 } },
        median(starts.slice(1)) / 1e6,
        { rounds: bench.rounds },
      ),
      valueRow(
        {
          id: 'P7',
          what: `server memory, per idle live stream (${count} open)`,
          unit: 'KB',
          aim: { atMost: 30 },
        },
        median(streams) / 1000,
        { rounds: streams.length },
      ),
    ];
  },
};

/** The command that `npm start` ends in. */
async function idleBytes({ appDir }: Bench): Promise<number> {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'evenkeel-bench-idle-'));
  const child = spawn(process.execPath, ['sync-server/src/main.ts', '--web-dir', await appDir()], {
    cwd: root,
    env: {
      ...process.env,
      PORT: String(await freePort()),
      DATA_DIR: folder.path,
      NODE_COMPILE_CACHE: join(root, '.cache/bench/server-code'),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await firstLine(child);
  await settle();
  const bytes = await residentBytesOf(child.pid ?? 0);
  await ended(child);
  return bytes;
}

async function bytesPerStream(count: number): Promise<number> {
  await using server = await startBenchServer();
  const wire = listenIn();
  const account = await joinServer(server.url, wire.fetch);
  await account.client.push({});
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
  const open = () => openStream(`${server.url}/v1/live`, wire.authorization(), agent);
  // The first streams load code and grow pools that the others share.
  for (let i = 0; i < 20; i += 1) await open();
  await settle();
  const before = await server.residentBytes();
  for (let i = 0; i < count; i += 1) await open();
  await settle();
  const after = await server.residentBytes();
  agent.destroy();
  return (after - before) / count;
}

async function openStream(url: string, authorization: string, agent: Agent): Promise<void> {
  const asked = request(url, { agent, headers: { authorization, accept: 'text/event-stream' } });
  asked.end();
  const reply = await new Promise<IncomingMessage>((resolve, reject) => {
    asked.once('response', resolve);
    asked.once('error', reject);
  });
  if (reply.statusCode !== 200) throw new Error(`the server answered ${reply.statusCode}`);
  // The end of the measurement cuts it off.
  reply.on('error', () => undefined);
  reply.resume();
}

function settle(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, SETTLE_MS);
  });
}
