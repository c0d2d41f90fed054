/** A device asks its server to be woken, through the liar, as the app does it. */
import { createClient } from '@evenkeel/replica';
import { createVault } from '@evenkeel/vault';
import type { Noticed } from '../attacks/attack.ts';
import { register } from '../session.ts';
import { type Journey, openWorld } from './world.ts';

const ENDPOINT = 'https://push.example/send/phone';

export async function waking(): Promise<Journey> {
  const world = await openWorld();
  const { clock } = world;
  const vault = createVault();
  const { holder, deviceLog } = await vault.create({ deviceName: 'phone', now: clock.now() });
  await register({ vault, holder, deviceLog }, world.honest, clock.now());
  const { acct, dev } = holder;
  const signSession = (origin: string, challenge: Parameters<typeof vault.signSession>[1]) =>
    vault.signSession(origin, challenge);
  const { origin } = world.lying;
  const client = createClient({ ...world.lying }, { acct, dev, signSession }, clock.now);
  /** What the device's own reminders say, whatever the server does. */
  const moments = [clock.now() + 3_600_000, clock.now() + 7_200_000];
  const act = async (): Promise<readonly Noticed[]> => {
    const known = await client.rings();
    if (!known.ok) return [known.reason];
    const payload = { origin, time: clock.now(), push: { endpoint: ENDPOINT, at: moments } };
    const [object] = await vault.sign([{ type: 'ring-plan', signer: 'device', payload }]);
    if (object === undefined) throw new Error('the vault gave no signature');
    const left = await client.putRings(object);
    return left.ok ? [] : [left.reason];
  };
  return {
    world,
    scene: await world.scene(deviceLog),
    act,
    heal: async () => {
      clock.advance(60_000);
      const met = await act();
      const known = await client.rings();
      const at = known.ok ? (known.value.at ?? []) : [];
      return [
        ...met,
        ...(at.join() === moments.join() ? [] : [`the device is woken at ${at.join() || 'no time'}`]),
      ];
    },
    [Symbol.asyncDispose]: async () => {
      client.stop();
      await world[Symbol.asyncDispose]();
    },
  };
}
