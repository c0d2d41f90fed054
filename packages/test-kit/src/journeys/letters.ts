/** Journeys that go through a letter box: an invitation by link, and a new device. */
import { type Bytes, fromBase64url, letterReplySchema, toBase64url } from '@evenkeel/protocol';
import {
  makeInvitation,
  openOffer,
  openReply,
  putLetter,
  sealOffer,
  sealReply,
  sixWords,
} from '@evenkeel/sharing';
import { createVault } from '@evenkeel/vault';
import type { Noticed } from '../attacks/attack.ts';
import { type Member, openSession, register, request, takeLetter } from '../session.ts';
import type { ServerPlace } from '../somebody.ts';
import { type Journey, type World, openWorld } from './world.ts';

/** A person invites a clinician by link; both read the server through the liar. */
export async function invitation(): Promise<Journey> {
  const world = await openWorld();
  const [person, clinician] = [await member(world, 'phone'), await member(world, 'desk')];
  await register(person, world.honest, world.clock.now());
  await invite(world, person, clinician, world.lying);
  return {
    world,
    scene: await world.scene(person.deviceLog),
    act: () => invite(world, person, clinician, world.lying),
    heal: () => invite(world, person, clinician, world.lying),
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
}

/** A new device takes its letter through the liar. */
export async function link(): Promise<Journey> {
  const world = await openWorld();
  const person = await member(world, 'phone');
  await register(person, world.honest, world.clock.now());
  await addDevice(world, person, world.lying);
  return {
    world,
    scene: await world.scene(person.deviceLog),
    act: () => addDevice(world, person, world.lying),
    heal: () => addDevice(world, person, world.lying),
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
}

async function member(world: World, deviceName: string): Promise<Member> {
  const vault = createVault();
  const { holder, deviceLog } = await vault.create({ deviceName, now: world.clock.now() });
  return { vault, holder, deviceLog };
}

async function invite(
  world: World,
  person: Member,
  clinician: Member,
  place: ServerPlace,
): Promise<readonly Noticed[]> {
  const now = world.clock.now();
  const made = makeInvitation(place.origin, now);
  const { id, secret } = made.invitation;
  const [account, theirs] = [person.deviceLog[0], clinician.deviceLog[0]];
  if (account === undefined || theirs === undefined) throw new Error('expected two accounts');
  const session = await openSession(person, place);
  const offer = await putLetter(person.vault, {
    origin: place.origin,
    id,
    letter: sealOffer(made.invitation, account),
    now,
  });
  await must(session.send('PUT', `/v1/mailbox/${id}`, offer));

  const found = await takeLetter(place, id);
  if (found === null) return ['damaged-link'];
  const opened = await openOffer(secret, found, now);
  if (!opened.ok) return [opened.reason];
  const reply = sealReply(secret, opened.pin.acct, theirs, 'Dr Ali');
  await must(request(place, 'PUT', `/v1/mailbox/${id}/reply`, { letter: toBase64url(reply) }));

  const answer = await session.send('GET', `/v1/mailbox/${id}/reply`);
  const letter = await letterOf(answer);
  const read = await openReply(made.invitation, person.holder.acct, letter, now);
  if (!read.ok) return [read.reason];
  const here = await sixWords(person.holder.acct, read.pin.acct, read.pin.via);
  const there = await sixWords(clinician.holder.acct, opened.pin.acct, opened.pin.via);
  return here.join() === there.join() ? [] : ['words-differ'];
}

async function addDevice(world: World, person: Member, place: ServerPlace): Promise<readonly Noticed[]> {
  const now = world.clock.now();
  const vault = createVault();
  const { qr, mailbox } = await vault.startLink();
  const answer = await person.vault.answerLink({
    qr,
    origin: place.origin,
    deviceLog: person.deviceLog,
    grantLog: [],
    heads: [],
    entryCount: 0,
    deviceName: 'tablet',
    now,
  });
  if (!answer.ok) throw new Error(answer.reason);
  const session = await openSession(person, place);
  const put = await putLetter(person.vault, {
    origin: place.origin,
    id: mailbox,
    letter: answer.letter,
    now,
    kind: 'link',
  });
  await must(session.send('PUT', `/v1/mailbox/${mailbox}`, put));
  const letter = await takeLetter(place, mailbox);
  if (letter === null) return ['damaged-link'];
  const received = await vault.receiveLink(letter, place.origin);
  if (!received.ok) return [received.reason];
  return received.words.join() === answer.words.join() && received.acct === person.holder.acct
    ? []
    : ['words-differ'];
}

async function letterOf(reply: Response): Promise<Bytes> {
  return fromBase64url(letterReplySchema.parse(await reply.json()).letter) ?? new Uint8Array();
}

async function must(asked: Promise<Response>): Promise<void> {
  const reply = await asked;
  if (!reply.ok) throw new Error(`the server answered ${reply.status}`);
}
