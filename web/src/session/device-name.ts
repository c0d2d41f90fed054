import { defineMessages } from '../i18n/define-messages.ts';
import { i18n } from '../i18n/i18n.ts';

const messages = defineMessages('device-names', {
  apple: 'iPhone or iPad',
  android: 'Android phone',
  mac: 'Mac',
  windows: 'Windows computer',
  other: 'Computer',
});

/** What this device is called in the list of devices, until the person names it. */
export function deviceName(): string {
  const { id, message } = messages[kindOf(navigator.userAgent)];
  return i18n._(id, {}, { message });
}

function kindOf(userAgent: string): keyof typeof messages {
  if (/iPhone|iPad/.test(userAgent)) return 'apple';
  if (userAgent.includes('Android')) return 'android';
  if (userAgent.includes('Mac OS')) return 'mac';
  return userAgent.includes('Windows') ? 'windows' : 'other';
}
