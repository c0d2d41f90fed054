/**
 * The vault itself: one closure that holds what is open, and the verbs of `Vault` over it. In the app it runs
 * in a Worker behind `serveVault`; tests use it in-process.
 */
import {
  type Bytes,
  type EnvelopeType,
  ZERO_HASH,
  objectHash,
  ownBytes,
  parseEnvelope,
  sessionSignedBytes,
} from '@evenkeel/protocol';
import { openEnvelope, sealEnvelope } from './envelope-seal.ts';
import { VaultFault } from './fault.ts';
import { makeDevice, openDevice } from './identity.ts';
import { openFromInbox, sealToInbox } from './inbox.ts';
import { type PackEntry, openKeys, sealKeys } from './key-pack.ts';
import { answerLink, createJoining } from './join-device.ts';
import { type OpenAccount, holderOf, openAccount, withDevice } from './open-account.ts';
import { newKitSecret, recoveryId, wordsOfSecret } from './recovery-kit.ts';
import { openSealed, sealTo } from './sealed-box.ts';
import { Secret } from './secret.ts';
import { signDeviceCert, signObject } from './sign-object.ts';
import { KDF, type KdfTable } from './unlock/kdf.ts';
import { unwrapRoot, wrapRoot } from './unlock/unlock-secret.ts';
import type { KeyRequest, OpenOutcome, OpenRequest, SealRequest, Vault } from './vault.ts';

/** A vault, locked. */
export function createVault(): Vault {
  return createVaultWith(KDF);
}

/** With other KDF profiles than the compiled ones: for this package's tests, and no door leads here. */
export function createVaultWith(kdf: KdfTable): Vault {
  let account: OpenAccount | null = null;
  const joining = createJoining();

  const opened = (): OpenAccount => {
    if (account === null) throw new VaultFault('locked');
    return account;
  };
  const enter = (next: OpenAccount): OpenAccount => {
    account?.[Symbol.dispose]();
    account = next;
    return next;
  };

  return {
    // --- coming in -----------------------------------------------------------------------------------------
    create: async ({ deviceName, now }) => {
      const open = enter(await openAccount(Secret.random(32), await makeDevice()));
      const { signPk, boxPk, dev, devicePk } = holderOf(open);
      const payload = { seq: 0, prev: ZERO_HASH, time: now, signPk, boxPk };
      const first = await signObject(open, { type: 'account', signer: 'identity', payload });
      const prev = objectHash(first);
      const cert = await signDeviceCert(open, {
        seq: 1,
        prev,
        time: now,
        dev,
        signPk: devicePk,
        name: deviceName,
      });
      const deviceKeyBox = open.local.sealDeviceKey(open.device.seed);
      return { holder: holderOf(open), deviceKeyBox, deviceLog: [first, cert] };
    },

    unlock: async ({ acct, wrap, secret, deviceKeyBox }) => {
      const unwrapped = await unwrapRoot(wrap, acct, secret, kdf);
      if (!unwrapped.ok) return unwrapped;
      const { root, outdated } = unwrapped;
      const open = await openAccount(root, await makeDevice());
      // check: unlock: the root of this account
      if (open.identity.acct !== acct) {
        open[Symbol.dispose]();
        return { ok: false, reason: 'tampered' };
      }
      const seed = deviceKeyBox === null ? null : open.local.openDeviceKey(deviceKeyBox);
      // check: unlock: the device key of this root
      if (deviceKeyBox !== null && seed === null) {
        open[Symbol.dispose]();
        return { ok: false, reason: 'tampered' };
      }
      const entered = enter(seed === null ? open : withDevice(open, await openDevice(seed)));
      const rewrapped = outdated ? await wrapRoot(root, acct, secret, kdf) : null;
      return { ok: true, holder: holderOf(entered), rewrapped };
    },

    addDevice: async ({ deviceName, now, seq, prev }) => {
      const { identity, local } = opened();
      const device = await makeDevice();
      const { dev, signing } = device;
      const cert = await signDeviceCert(
        { identity, device },
        { seq, prev, time: now, dev, signPk: signing.publicKey, name: deviceName },
      );
      const deviceKeyBox = local.sealDeviceKey(device.seed);
      account = withDevice(opened(), device);
      return { holder: holderOf(account), deviceKeyBox, cert };
    },

    lock: async () => {
      account?.[Symbol.dispose]();
      account = null;
      joining.stop();
    },

    // --- wraps and the kit ---------------------------------------------------------------------------------
    makeWrap: async (secret) => {
      const { root, identity } = opened();
      return wrapRoot(root, identity.acct, secret, kdf);
    },

    makeKit: async () => {
      const { root, identity } = opened();
      using secret = newKitSecret();
      const words = await wordsOfSecret(secret);
      const wrap = await wrapRoot(root, identity.acct, { type: 'recovery', words: words.join(' ') }, kdf);
      return { words, wrap, id: recoveryId(secret) };
    },

    // --- envelopes -----------------------------------------------------------------------------------------
    seal: async (requests) => {
      const open = opened();
      return Promise.all(requests.map((request) => sealOne(open, request)));
    },

    open: async (requests) => {
      const open = opened();
      return requests.map((request) => openOne(open, request));
    },

    streams: async (places) => {
      const { tree } = opened();
      return places.map(({ cat, month }) => tree.sidOf(cat, month));
    },

    placesOf: async (ids) => {
      const { tree } = opened();
      return ids.map(({ sid, kid, epoch }) => tree.placeOf(sid, kid, epoch));
    },

    keyIds: async (places) => {
      const { tree } = opened();
      return places.map((place) => tree.dayKey(place, place.epoch).kid);
    },

    // --- this device only ----------------------------------------------------------------------------------
    sealLocal: async (label, plaintexts) => {
      const { local } = opened();
      return plaintexts.map((plaintext) => local.seal(label, plaintext));
    },

    openLocal: async (label, boxes) => {
      const { local } = opened();
      return boxes.map((box) => local.open(label, box));
    },

    sealToInbox: async ({ acct, dev, boxPk, plaintext }) => sealToInbox({ acct, dev }, boxPk, plaintext),

    openFromInbox: async (boxes) => {
      const { identity, device } = opened();
      const owner = { acct: identity.acct, dev: device.dev };
      return boxes.map((box) => openFromInbox(owner, identity.boxSecret, identity.boxPk, box));
    },

    // --- signatures ----------------------------------------------------------------------------------------
    sign: async (objects) => {
      const open = opened();
      return Promise.all(objects.map((object) => signObject(open, object)));
    },

    signSession: async (origin, challenge) => {
      const { identity, device } = opened();
      return device.signing.sign(sessionSignedBytes(origin, identity.acct, device.dev, challenge));
    },

    // --- other people --------------------------------------------------------------------------------------
    sealTo: async (toBoxPk, context, plaintext) => sealTo(toBoxPk, context, plaintext),

    openSealed: async (context, box) => {
      const { boxSecret, boxPk } = opened().identity;
      return openSealed(boxSecret, boxPk, context, box);
    },

    sealKeyPack: async ({ grant, to, toBoxPk, keys }) => {
      const open = opened();
      const entries = keys.map((key) => packEntry(open, key));
      const payload = sealKeys(open.identity.acct, { grant, to, toBoxPk }, entries);
      return signObject(open, { type: 'key-pack', signer: 'device', payload });
    },

    openKeyPack: async ({ owner, pack, admitted }) => {
      const { held, identity } = opened();
      const { acct, boxSecret, boxPk } = identity;
      const found = openKeys(pack, owner, { acct, boxSecret, boxPk }, admitted);
      if (!found.ok) return found;
      held.keep(owner, found.grant, found.entries);
      return {
        ok: true,
        keys: found.entries.map(({ sid, cat, month, epoch, day }) => ({ sid, cat, month, epoch, day })),
      };
    },

    dropKeys: async (grant) => {
      opened().held.drop(grant);
    },

    // --- a second device -----------------------------------------------------------------------------------
    startLink: joining.start,
    answerLink: async (options) => answerLink(opened(), options),
    receiveLink: joining.receive,

    acceptLink: async () => {
      const { device, letter } = joining.accept();
      const { root, deviceLog, grantLog, heads } = letter;
      const open = enter(await openAccount(root, device));
      return {
        holder: holderOf(open),
        deviceKeyBox: open.local.sealDeviceKey(device.seed),
        deviceLog: deviceLog.map(ownBytes),
        grantLog: grantLog.map(ownBytes),
        heads: heads.map(ownBytes),
      };
    },
  };
}

function sealOne({ identity, device, tree }: OpenAccount, request: SealRequest): Promise<Bytes> {
  const { type, epoch, rec, rev, replaces, plaintext } = request;
  mustNotBeReserved(type);
  const { kid, key } = tree.dayKey(request, epoch);
  const sid = tree.sidOf(request.cat, request.month);
  const header = { type, epoch, sid, kid, rec, rev, dev: device.dev, replaces };
  return sealEnvelope(identity.acct, header, key, device.signing, plaintext);
}

function openOne(
  { identity, tree, held }: OpenAccount,
  { owner, envelope: bytes }: OpenRequest,
): OpenOutcome {
  const parsed = parseEnvelope(bytes);
  if (!parsed.ok) return parsed;
  const { envelope } = parsed;
  const { sid, kid, epoch } = envelope.header;
  if (owner !== identity.acct) {
    const found = held.find(owner, sid, kid, epoch);
    if (!found.ok) return found;
    const plaintext = openEnvelope(owner, envelope, found.key);
    return plaintext === null
      ? { ok: false, reason: 'tampered' }
      : { ok: true, place: found.place, plaintext };
  }
  // check: open: a stream of the account
  if (tree.placeOfStream(sid) === null) return { ok: false, reason: 'no-key' };
  // A stream of ours whose key id does not derive: the id commits to the key, so somebody changed it.
  const place = tree.placeOf(sid, kid, epoch);
  // check: open: a key id that derives
  if (place === null) return { ok: false, reason: 'tampered' };
  const plaintext = openEnvelope(owner, envelope, tree.dayKey(place, epoch).key);
  return plaintext === null ? { ok: false, reason: 'tampered' } : { ok: true, place, plaintext };
}

function packEntry({ tree }: OpenAccount, { cat, month, epoch, day }: KeyRequest): PackEntry {
  const key = day === null ? tree.stream(cat, month, epoch).key : tree.dayKey({ cat, month, day }, epoch).key;
  return { sid: tree.sidOf(cat, month), cat, month, epoch, day, key };
}

function mustNotBeReserved(type: EnvelopeType): void {
  if (type === 'volume') throw new VaultFault('no-such-place');
}
