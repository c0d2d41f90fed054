/** What is said of a backup file in more than one place. */
import type { BackupFault, BackupWay } from '@evenkeel/replica';
import type { I18n } from '@lingui/core';
import type { Message } from '../../i18n/define-messages.ts';
import type { Text } from '../../i18n/use-text.ts';
import { messages } from './backup-messages.ts';

export const backupFaults = {
  'not-a-backup': messages.notABackup,
  'newer-app-needed': messages.newerApp,
  'cut-short': messages.cutShort,
  damaged: messages.damaged,
} satisfies Record<BackupFault, Message>;

export function opensWithWords(text: Text, ways: readonly BackupWay[]): string {
  if (ways.length > 1) return text(messages.wayBoth);
  return text(ways[0] === 'passphrase' ? messages.wayPassphrase : messages.wayRecovery);
}

/** “340 kB”, “12.4 MB”. */
export function sizeWords(i18n: I18n, bytes: number): string {
  const isSmall = bytes < 1_000_000;
  return new Intl.NumberFormat(i18n.locale, {
    style: 'unit',
    unit: isSmall ? 'kilobyte' : 'megabyte',
    maximumFractionDigits: isSmall ? 0 : 1,
  }).format(bytes / (isSmall ? 1000 : 1_000_000));
}
