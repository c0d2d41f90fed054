/** The lock of a device, played by Chromium's own virtual authenticator (WebAuthn with PRF, over CDP). */
import type { CDPSession, Page } from '@playwright/test';

export type Authenticators = {
  /** A fingerprint reader that answers at once. Only the newest one is there. */
  readonly swap: () => Promise<void>;
  /** Another device that claims the passkeys of the one before, and has none of its secrets. */
  readonly swapForImpostor: () => Promise<void>;
  /** Whether the finger is the right one. */
  readonly recognise: (person: boolean) => Promise<void>;
};

/** Must be asked for before the page makes or asks for a passkey. The first one is there already. */
export async function startAuthenticators(page: Page): Promise<Authenticators> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  let authenticatorId = await add(session);
  const swap = async (): Promise<void> => {
    await session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
    authenticatorId = await add(session);
  };
  return {
    swap,
    swapForImpostor: async () => {
      const { credentials } = await session.send('WebAuthn.getCredentials', { authenticatorId });
      await swap();
      for (const credential of credentials)
        await session.send('WebAuthn.addCredential', { authenticatorId, credential });
    },
    recognise: async (isUserVerified) => {
      await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
    },
  };
}

async function add(session: CDPSession): Promise<string> {
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      hasPrf: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return authenticatorId;
}
