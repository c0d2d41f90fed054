import { helpNumbersSchema } from '@evenkeel/protocol';
import { startServer } from '@evenkeel/sync-server';
import { startEvilServer } from '@evenkeel/test-kit/evil-server';
import { expect, test } from 'vitest';
import { askForHostNumbers, readHostNumbers } from './host-numbers.ts';

const number = {
  id: 'river',
  name: 'Riverside crisis line 01632 960 111',
  detail: 'day and night',
  act: 'call',
  href: 'tel:01632960111',
  checked: '2026-11-20',
  source: 'our own line',
};
const list = { country: 'United Kingdom', language: 'en-GB', checked: '2026-11-20', numbers: [number] };

/** The little of localStorage that is used. */
function storage() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    kept,
  };
}

/** A host with a list, whose server can be made to say anything, and a device that has the list already. */
async function hostWithList() {
  const server = await startServer({ helpNumbers: helpNumbersSchema.parse(list) });
  const liar = await startEvilServer(server.url);
  const device = storage();
  const askAgain = () => askForHostNumbers(`${liar.address}/v1/help-numbers`, device);
  await askAgain();
  const leave = async () => {
    await liar.close();
    await server.close();
  };
  return { liar, device, askAgain, [Symbol.asyncDispose]: leave };
}

test('the host’s list comes to the device and stays there', async () => {
  await using host = await hostWithList();
  expect(readHostNumbers(host.device)).toEqual(list);
  await host.askAgain();
  expect(readHostNumbers(host.device)).toEqual(list);
});

test('where the host has no list there is none, and one that was taken back is gone', async () => {
  await using host = await hostWithList();
  await using other = await startServer();
  await askForHostNumbers(`${other.url}/v1/help-numbers`, host.device);
  expect(readHostNumbers(host.device)).toBeNull();
  expect(host.device.kept.size).toBe(0);
});

test('what fails takes nothing away: no server, a refusal, another page, half an answer', async () => {
  await using host = await hostWithList();
  const fates = [
    () => ({ kind: 'answer', status: 404, body: { code: 'not-found' } }) as const,
    () => ({ kind: 'answer', status: 429, body: { code: 'rate-limited' } }) as const,
    () => ({ kind: 'answer', status: 500, body: {} }) as const,
    () => ({ kind: 'answer', status: 503, body: { ...list, checked: '2026-11-21' } }) as const,
    () =>
      ({ kind: 'answer', status: 200, body: '<!doctype html><title>Sign in to the hotel</title>' }) as const,
    () => 'drop' as const,
  ];
  for (const onRequest of fates) {
    host.liar.attack({ onRequest });
    await host.askAgain();
    expect(host.liar.delivered().replies).toBe(1);
    expect(readHostNumbers(host.device)).toEqual(list);
  }
  host.liar.attack({ onReply: () => ({ kind: 'half', bytes: 40 }) });
  await host.askAgain();
  expect(readHostNumbers(host.device)).toEqual(list);
  await host.liar.close();
  await host.askAgain();
  expect(readHostNumbers(host.device)).toEqual(list);
});

test('a lie is not kept: a link that runs, a number that costs, a list that says more or is too long', async () => {
  await using host = await hostWithList();
  const lies = [
    { ...list, numbers: [{ ...number, href: 'javascript:alert(1)' }] },
    { ...list, numbers: [{ ...number, href: 'tel:09098790000' }] },
    { ...list, numbers: [number, { ...number, id: 'two', act: 'open', href: 'tel:999' }] },
    { ...list, numbers: [] },
    { ...list, script: 'alert(1)' },
    { ...list, numbers: [{ ...number, name: 'long'.repeat(20_000) }] },
    null,
  ];
  for (const body of lies) {
    host.liar.attack({ onReply: () => ({ kind: 'change', body }) });
    await host.askAgain();
    expect(host.liar.delivered().replies).toBe(1);
    expect(readHostNumbers(host.device)).toEqual(list);
  }
});

test('what somebody put into the browser’s storage is parsed like what comes from a server', async () => {
  await using host = await hostWithList();
  const [key = ''] = host.device.kept.keys();
  for (const text of [
    JSON.stringify({ ...list, numbers: [{ ...number, href: 'javascript:alert(1)' }] }),
    '{',
    '',
  ]) {
    host.device.kept.set(key, text);
    expect(readHostNumbers(host.device)).toBeNull();
  }
});

test('a browser that refuses its storage has no list, and nothing breaks', async () => {
  const refuse = () => {
    throw new DOMException('no', 'SecurityError');
  };
  await using server = await startServer({ helpNumbers: helpNumbersSchema.parse(list) });
  const refusing = { getItem: refuse, setItem: refuse, removeItem: refuse };
  await askForHostNumbers(`${server.url}/v1/help-numbers`, refusing);
  expect(readHostNumbers(refusing)).toBeNull();
});
