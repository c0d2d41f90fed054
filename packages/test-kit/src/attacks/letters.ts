/** Lies about letters: invitations, and the joining of a device. */
import { letterReplySchema, mailboxPutSchema, replyPutSchema } from '@evenkeel/protocol';
import type { EvilExchange, Meddling } from '../evil-server.ts';
import type { Attack, Scene } from './attack.ts';
import { cutBytes, flipBit } from './editing.ts';

const OFFER = /^\/v1\/mailbox\/[^/]+$/;
const REPLY = /^\/v1\/mailbox\/[^/]+\/reply$/;

/** Serves another letter than the one that lies in the box. */
function serve(path: RegExp, letter: (honest: string) => string | undefined): Meddling {
  return {
    onReply: (exchange) => {
      if (exchange.method !== 'GET' || !path.test(exchange.path)) return 'pass';
      const found = letterReplySchema.safeParse(exchange.reply);
      const other = found.success ? letter(found.data.letter) : undefined;
      return other === undefined ? 'pass' : { kind: 'change', body: { letter: other } };
    },
  };
}

/** A letter that somebody once put into a box of this kind. */
function earlier(scene: Scene, path: RegExp): string | undefined {
  return scene.recorded().flatMap((exchange) => lettersPut(exchange, path))[0];
}

function lettersPut({ method, path, body }: EvilExchange, wanted: RegExp): readonly string[] {
  if (method !== 'PUT' || !wanted.test(path)) return [];
  const put = wanted === OFFER ? mailboxPutSchema.safeParse(body) : replyPutSchema.safeParse(body);
  return put.success && put.data.letter !== null ? [put.data.letter] : [];
}

export const LETTER_ATTACKS: readonly Attack[] = [
  {
    name: 'puts its own account into an invitation',
    story: 'The clinician pins the server instead of the person.',
    journey: 'invitation',
    apply: (scene) => serve(OFFER, () => scene.foreignLetter),
    expects: 'tampered',
  },
  {
    name: 'swaps the offers of two invitations',
    story: 'A clinician pins another person than the one who sent the link.',
    journey: 'invitation',
    apply: (scene) => serve(OFFER, () => earlier(scene, OFFER)),
    expects: 'tampered',
  },
  {
    name: 'changes a bit of an offer',
    story: 'The clinician pins keys that nobody has.',
    journey: 'invitation',
    apply: () => serve(OFFER, (letter) => flipBit(letter, 60)),
    expects: 'tampered',
  },
  {
    name: 'answers an invitation itself',
    story: 'The person shares with the server.',
    journey: 'invitation',
    apply: (scene) => serve(REPLY, () => scene.foreignLetter),
    expects: 'tampered',
  },
  {
    name: 'swaps the answers of two invitations',
    story: 'The person shares with another clinician than the one they wrote to.',
    journey: 'invitation',
    apply: (scene) => serve(REPLY, () => earlier(scene, REPLY)),
    expects: 'tampered',
  },
  {
    name: 'gives the person their own offer as the answer',
    story: 'The person pins themselves and shares into nothing.',
    journey: 'invitation',
    apply: (scene) => {
      const offers = (): readonly string[] =>
        scene.recorded().flatMap((exchange) => lettersPut(exchange, OFFER));
      return serve(REPLY, () => offers().at(-1));
    },
    expects: 'tampered',
  },
  {
    name: 'cuts an answer short',
    story: 'A reader that trusts lengths breaks.',
    journey: 'invitation',
    apply: () => serve(REPLY, (letter) => cutBytes(letter, 16)),
    expects: 'tampered',
  },
  {
    name: 'puts its own letter into the box of a new device',
    story: 'The new device writes into the server’s account.',
    journey: 'link',
    apply: (scene) => serve(OFFER, () => scene.foreignLetter),
    expects: 'malformed',
  },
  {
    name: 'puts a note of its own into the box of a new device',
    story: 'What the server wrote lies in the diary as written while it was locked.',
    journey: 'link',
    apply: (scene) => serve(OFFER, () => scene.forgedNote),
    expects: 'tampered',
  },
  {
    name: 'swaps the letters of two new devices',
    story: 'A new device opens somebody else’s diary.',
    journey: 'link',
    apply: (scene) => serve(OFFER, () => earlier(scene, OFFER)),
    expects: 'tampered',
  },
  {
    name: 'changes a bit of the letter to a new device',
    story: 'The new device starts with another root.',
    journey: 'link',
    apply: () => serve(OFFER, (letter) => flipBit(letter, 90)),
    expects: 'tampered',
  },
];
