/** Settings of this device alone, sealed under the local key: how soon it locks, what it calls itself. */
import { utf8, utf8ToText, z } from '@evenkeel/protocol';
import type { DeviceStore } from '@evenkeel/replica';
import type { Vault } from '@evenkeel/vault';

const settingsSchema = z.object({
  autoLockMinutes: z.literal([1, 5, 15]),
  lockOnHide: z.boolean(),
  /** Others use this device too: “no lock” is not offered on it. */
  shared: z._default(z.boolean(), false),
  /** The name last given with a share, and the clinician's as they state it. */
  shownName: z.string().check(z.maxLength(100)),
  paused: z.boolean(),
  /** Reminders that rang before this are not shown any more; milliseconds UTC. */
  remindersSeenAt: z._default(z.number(), 0),
  /** Where the browser's push service takes pushes for this device, while reminders wake it. */
  pushEndpoint: z._default(z.nullable(z.string()), null),
  /** The card on Today about the home screen was put away; it does not come back. */
  installRefused: z._default(z.boolean(), false),
});
export type Settings = z.infer<typeof settingsSchema>;

/** What a device that others use too begins with. */
export const AS_SHARED = { shared: true, autoLockMinutes: 1, lockOnHide: true } as const;

export type DeviceSettings = {
  readonly read: () => Settings;
  readonly change: (changes: Partial<Settings>) => Promise<void>;
};

const LABEL = 'device-settings';
/** What every device begins with. */
export const AT_FIRST: Settings = {
  autoLockMinutes: 5,
  lockOnHide: false,
  shared: false,
  shownName: '',
  paused: false,
  remindersSeenAt: 0,
  pushEndpoint: null,
  installRefused: false,
};

/** A box that does not open, or says something else, gives the defaults: nothing of the diary depends on it. */
export async function openDeviceSettings(vault: Vault, store: DeviceStore): Promise<DeviceSettings> {
  let settings = (await stored(vault, store)) ?? AT_FIRST;
  return {
    read: () => settings,
    async change(changes) {
      settings = { ...settings, ...changes };
      const [box] = await vault.sealLocal(LABEL, [utf8(JSON.stringify(settings))]);
      if (box !== undefined) await store.keepBox('settings', LABEL, box);
    },
  };
}

async function stored(vault: Vault, store: DeviceStore): Promise<Settings | null> {
  const box = await store.readBox('settings', LABEL);
  if (box === null) return null;
  const [plaintext] = await vault.openLocal(LABEL, [box]);
  const text = plaintext && utf8ToText(plaintext);
  if (text === null || text === undefined) return null;
  const parsed = settingsSchema.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : null;
}
