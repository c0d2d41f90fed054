import type { Connection } from '@evenkeel/replica';
import { afterEach, expect, test, vi } from 'vitest';
import { ASK_AGAIN_MS, meetAgain } from './meet-again.ts';

afterEach(() => {
  vi.useRealTimers();
});

function start(connection: Connection) {
  vi.useFakeTimers();
  const network = new EventTarget();
  const connect = vi.fn(async () => undefined);
  let told = (): void => undefined;
  meetAgain({ subscribe: (listener) => (told = listener), connection: () => connection, connect }, network);
  return { network, connect, told: () => told() };
}

test('the network coming back ends the wait, unless there is none', () => {
  const away = start({ status: 'stopped', reason: 'unreachable' });
  away.network.dispatchEvent(new Event('online'));
  expect(away.connect).toHaveBeenCalledTimes(1);
  const met = start({ status: 'online' });
  met.network.dispatchEvent(new Event('online'));
  expect(met.connect).not.toHaveBeenCalled();
});

test('something else in the place of the server is asked again after a while, once for each time', () => {
  const hotel = start({ status: 'stopped', reason: 'not-a-server' });
  hotel.told();
  hotel.told();
  vi.advanceTimersByTime(ASK_AGAIN_MS - 1);
  expect(hotel.connect).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(hotel.connect).toHaveBeenCalledTimes(1);
  hotel.told();
  vi.advanceTimersByTime(ASK_AGAIN_MS);
  expect(hotel.connect).toHaveBeenCalledTimes(2);
});

test('a removed device does not ask again', () => {
  const removed = start({ status: 'stopped', reason: 'device-revoked' });
  removed.told();
  vi.advanceTimersByTime(10 * ASK_AGAIN_MS);
  expect(removed.connect).not.toHaveBeenCalled();
});
