/** A real server process that is only reached through one that can lie (test-kit). The app comes through it too. */
import { type EvilServer, startEvilServer } from '@evenkeel/test-kit/evil-server';
import { type ServerProcess, freePort, startServerProcess } from './server.ts';

export type LyingServer = AsyncDisposable & {
  /** Where people find it. */
  readonly url: string;
  readonly real: ServerProcess;
  readonly liar: EvilServer;
};

export async function startLyingServer(env: Readonly<Record<string, string>> = {}): Promise<LyingServer> {
  const port = await freePort();
  const liar = await startEvilServer(`http://localhost:${port}`);
  const url = `http://localhost:${new URL(liar.address).port}`;
  const real = await startServerProcess({ ...env, PORT: String(port), PUBLIC_URL: url });
  return {
    url,
    real,
    liar,
    [Symbol.asyncDispose]: async () => {
      await liar.close();
      await real[Symbol.asyncDispose]();
    },
  };
}
