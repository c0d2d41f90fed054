/** One stream key and what lies below it: 32 day keys (0 is "not tied to a day"), each with the id that commits to it. */
import { type AccountId, type KeyId, bytesToKeyId, idToBytes, u8 } from '@evenkeel/protocol';
import { deriveKey, deriveSecret } from './derive.ts';
import type { Secret } from './secret.ts';

export type DayKey = { readonly kid: KeyId; readonly key: Secret };

export type StreamKeys = Disposable & {
  readonly key: Secret;
  /** `day` 0 to 31. */
  readonly day: (day: number) => DayKey;
  /** Which day a key id belongs to, or null when it is none of this stream and epoch. */
  readonly dayOf: (kid: KeyId) => number | null;
};

const KID_BYTES = 16;
const LAST_DAY = 31;

export function openStreamKeys(key: Secret, acct: AccountId): StreamKeys {
  const dayKeys: (DayKey | undefined)[] = [];
  const dayByKid = new Map<KeyId, number>();

  const day = (number: number): DayKey => {
    const known = dayKeys[number];
    if (known !== undefined) return known;
    const made = dayKeyOf(key, acct, number);
    dayKeys[number] = made;
    dayByKid.set(made.kid, number);
    return made;
  };

  return {
    key,
    day,
    dayOf: (kid) => {
      for (let number = 0; number <= LAST_DAY && !dayByKid.has(kid); number += 1) day(number);
      return dayByKid.get(kid) ?? null;
    },
    [Symbol.dispose]: () => {
      key[Symbol.dispose]();
      for (const made of dayKeys) made?.key[Symbol.dispose]();
      dayKeys.length = 0;
      dayByKid.clear();
    },
  };
}

/** `day = K(stream, "day", day u8)`. */
function dayKeyOf(stream: Secret, acct: AccountId, day: number): DayKey {
  const key = deriveSecret(stream, 'day', u8(day));
  return { kid: keyIdOf(key, acct), key };
}

/** `kid = K(day, "kid", acct, 16)`: 128 bits that only this key gives. */
export function keyIdOf(dayKey: Secret, acct: AccountId): KeyId {
  return bytesToKeyId(deriveKey(dayKey.reveal(), 'kid', idToBytes(acct), KID_BYTES));
}
