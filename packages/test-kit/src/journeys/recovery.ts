/** The 24 words in an empty browser, through the liar. */
import { fromBase64url, replayDeviceLog, toBase64url } from '@evenkeel/protocol';
import { readRecovery } from '@evenkeel/replica';
import { createVault } from '@evenkeel/vault';
import type { Noticed } from '../attacks/attack.ts';
import { type Member, openSession, register } from '../session.ts';
import { type Journey, type World, openWorld } from './world.ts';

export async function recovery(): Promise<Journey> {
  const world = await openWorld();
  const vault = createVault();
  const { holder, deviceLog } = await vault.create({ deviceName: 'phone', now: world.clock.now() });
  const person = { vault, holder, deviceLog };
  await register(person, world.honest, world.clock.now());
  const kit = await vault.makeKit();
  const session = await openSession(person, world.honest);
  const kept = await session.send('PUT', '/v1/recovery', { id: kit.id, wrap: toBase64url(kit.wrap) });
  if (!kept.ok) throw new Error(`the server did not keep the wrap: ${kept.status}`);
  const act = (): Promise<readonly Noticed[]> => restore(world, person, kit);
  return {
    world,
    scene: await world.scene(deviceLog),
    act,
    heal: act,
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
}

/** As the app does it: the logs first, then the wrap, under the account that both name. */
async function restore(world: World, { holder }: Member, kit: Kit): Promise<readonly Noticed[]> {
  const found = await readRecovery(world.lying, kit.id);
  if (!found.ok) return [found.reason];
  const { acct } = found.value;
  const log = await replayDeviceLog(found.value.deviceLog.flatMap((text) => fromBase64url(text) ?? []));
  if (!log.ok || log.log.acct !== acct) return ['log-refused'];
  const vault = createVault();
  const wrap = fromBase64url(found.value.wrap) ?? new Uint8Array();
  const secret = { type: 'recovery', words: kit.words.join(' ') } as const;
  const unlocked = await vault.unlock({ acct, wrap, secret, deviceKeyBox: null });
  if (!unlocked.ok) return [unlocked.reason];
  const { cert } = await vault.addDevice({
    deviceName: 'new phone',
    now: world.clock.now(),
    seq: log.log.seq + 1,
    prev: log.log.hash,
  });
  return cert.length > 0 && unlocked.holder.acct === holder.acct ? [] : ['tampered'];
}

type Kit = Awaited<ReturnType<Member['vault']['makeKit']>>;
