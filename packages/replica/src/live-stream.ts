/**
 * The live stream: "something changed at N", read with `fetch`, because an EventSource can carry no session and
 * stops for good at the first refusal. Every opening counts as a change too, and every refusal: whatever happened
 * while it was closed is asked for.
 */
import { HEARTBEAT_MS, pokeSchema } from '@evenkeel/protocol';
import type { z } from '@evenkeel/protocol';
import type { ServerClient } from './server-client.ts';

export type Poke = z.infer<typeof pokeSchema>;

const LONGEST_WAIT_MS = 60_000;
/** Heartbeats missed before the stream counts as dead: a proxy may keep a dead one open for hours. */
const SILENCE_MS = 2.5 * HEARTBEAT_MS;

/** Listens until `stop`. `poked` is called at each opening and each refusal (with null) and at each poke. */
export function listenLive(
  client: ServerClient,
  { retryMs, poked }: { readonly retryMs: number; readonly poked: (poke: Poke | null) => void },
): () => void {
  const ending = new AbortController();
  void (async () => {
    for (let failures = 0; !ending.signal.aborted;) {
      const attempt = new AbortController();
      const stream = await client.live(AbortSignal.any([ending.signal, attempt.signal])).catch(() => null);
      if (stream?.ok === true) {
        failures = 0;
        poked(null);
        await readPokes(stream.value, attempt, poked).catch(() => undefined);
        if (ending.signal.aborted) return;
      } else if (stream?.reason !== undefined && stream.reason !== 'unreachable') {
        // Refused: whoever asks now hears why, and tells it.
        poked(null);
      }
      await pause(
        Math.min(LONGEST_WAIT_MS, retryMs * 2 ** failures) * (0.75 + Math.random() / 2),
        ending.signal,
      );
      failures = Math.min(failures + 1, 10);
    }
  })();
  return () => ending.abort();
}

async function readPokes(
  body: ReadableStream<Uint8Array>,
  attempt: AbortController,
  poked: (poke: Poke) => void,
): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let silence: ReturnType<typeof setTimeout> | undefined;
  try {
    for (;;) {
      clearTimeout(silence);
      silence = setTimeout(() => attempt.abort(), SILENCE_MS);
      const { done, value } = await reader.read();
      if (done) return;
      text += decoder.decode(value, { stream: true });
      const events = text.split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) {
        const poke = pokeOf(event);
        if (poke !== null) poked(poke);
      }
    }
  } finally {
    clearTimeout(silence);
    await reader.cancel().catch(() => undefined);
  }
}

/** A comment or something else is null; a poke of another form still says that something changed. */
function pokeOf(event: string): Poke | null {
  const data = event.split('\n').find((line) => line.startsWith('data:'));
  if (data === undefined) return null;
  try {
    return pokeSchema.parse(JSON.parse(data.slice('data:'.length)));
  } catch {
    return { seq: 0 };
  }
}

export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
