/**
 * Keeps the promise of key packs (docs/protocol.md): whatever lies in the scope of an active grant has its pack. Looked
 * at after every pull and write; this is also how an ongoing share gets a new month's keys.
 */
import { settle } from '@evenkeel/sharing';
import type { Opened } from './opened.ts';
import { carryOut, circumstances } from './shares.ts';

export function keepSharesSupplied(opened: Opened): () => void {
  const { replica, vault } = opened;
  let running: Promise<void> | null = null;
  let again = false;

  const supply = async (): Promise<void> => {
    if (replica.logs.grant().grants.size === 0) return;
    const settlement = await settle(vault, await circumstances(opened));
    if (settlement.packs.length === 0 && settlement.grantLog.length === 0) return;
    // When another device acted meanwhile, its objects are in the log by now: look again.
    if ((await carryOut(opened, settlement)) === 'log-moved') again = true;
  };

  const look = async (): Promise<void> => {
    again = true;
    running ??= (async () => {
      await replica.loaded;
      while (again) {
        again = false;
        await supply();
      }
    })().finally(() => {
      running = null;
    });
    await running;
  };

  return replica.onScopeCheck(look);
}
