/**
 * Passkeys that can unlock (WebAuthn Level 3, PRF extension). The authenticator turns one constant input into 32
 * secret bytes that only it can make; the vault wraps the root under them. The server plays no part.
 */
import { ownBytes, randomBytes } from '@evenkeel/protocol';
import { prfInput } from '@evenkeel/vault';
import { faces } from './faces.ts';
import { readFace } from './shown-face.ts';

export type Passkey = { readonly credential: Uint8Array; readonly prfOutput: Uint8Array };
export type PasskeyOutcome =
  | { readonly ok: true; readonly passkey: Passkey }
  | { readonly ok: false; readonly reason: 'cancelled' | 'no-passkey' };

const TIMEOUT_MS = 120_000;

/** Whether it is worth offering: a built-in authenticator, in a browser that speaks PRF. */
export async function canUsePasskey(): Promise<boolean> {
  if (!('PublicKeyCredential' in globalThis)) return false;
  const able = await PublicKeyCredential.getClientCapabilities?.().catch(() => undefined);
  if (able?.['extension:prf'] === false) return false;
  return PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false);
}

/**
 * Makes a passkey for this site. Some authenticators refuse to make one when PRF is asked for at once (Windows Hello
 * did): they make it without. Those that give no PRF output while making are asked for it right after.
 */
export async function makePasskey(): Promise<PasskeyOutcome> {
  const first = await create({ prf: { eval: { first: prfInput() } } });
  const made = first.ok || first.reason === 'cancelled' ? first : await create();
  if (!made.ok) return made;
  const { credential, prfOutput, prfEnabled } = made;
  if (prfOutput !== null) return { ok: true, passkey: { credential, prfOutput } };
  return prfEnabled === false ? { ok: false, reason: 'no-passkey' } : askPasskey(credential);
}

function create(extensions?: AuthenticationExtensionsClientInputs): Promise<Prompted> {
  const { name } = faces[readFace()];
  return prompt(() =>
    navigator.credentials.create({
      publicKey: {
        rp: { name },
        user: { id: randomBytes(16), name, displayName: name },
        challenge: randomBytes(32),
        pubKeyCredParams: [-8, -7, -257].map((alg) => ({ type: 'public-key', alg })),
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
        timeout: TIMEOUT_MS,
        ...(extensions && { extensions }),
      },
    }),
  );
}

/** Asks for the passkey that was made before. */
export async function askPasskey(credential: Uint8Array): Promise<PasskeyOutcome> {
  const asked = await prompt(() =>
    navigator.credentials.get({
      publicKey: {
        challenge: randomBytes(32),
        allowCredentials: [{ type: 'public-key', id: ownBytes(credential) }],
        userVerification: 'required',
        timeout: TIMEOUT_MS,
        extensions: { prf: { eval: { first: prfInput() } } },
      },
    }),
  );
  if (!asked.ok) return asked;
  return asked.prfOutput === null
    ? { ok: false, reason: 'no-passkey' }
    : { ok: true, passkey: { credential: asked.credential, prfOutput: asked.prfOutput } };
}

type Prompted =
  | {
      readonly ok: true;
      readonly credential: Uint8Array;
      readonly prfOutput: Uint8Array | null;
      readonly prfEnabled: boolean | undefined;
    }
  | { readonly ok: false; readonly reason: 'cancelled' | 'no-passkey' };

async function prompt(ask: () => Promise<Credential | null>): Promise<Prompted> {
  let credential: Credential | null;
  try {
    credential = await ask();
  } catch (fault) {
    const name = fault instanceof DOMException ? fault.name : '';
    return {
      ok: false,
      reason: name === 'NotAllowedError' || name === 'AbortError' ? 'cancelled' : 'no-passkey',
    };
  }
  if (!(credential instanceof PublicKeyCredential)) return { ok: false, reason: 'no-passkey' };
  const { prf } = credential.getClientExtensionResults();
  const first = prf?.results?.first;
  return {
    ok: true,
    credential: new Uint8Array(credential.rawId),
    prfOutput: first === undefined ? null : bytesOf(first),
    prfEnabled: prf?.enabled,
  };
}

function bytesOf(source: BufferSource): Uint8Array {
  return source instanceof ArrayBuffer
    ? new Uint8Array(source)
    : new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
}
