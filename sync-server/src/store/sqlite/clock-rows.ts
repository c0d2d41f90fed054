/** The latest time the database knows: what was over by then stays over, whatever the machine's clock says later. */
import { int } from './columns.ts';
import type { Database } from './database.ts';

export function lastTime(db: Database): number {
  return int(db.sql('SELECT latest FROM server WHERE one = 1').get(), 'latest');
}

export function keepTime(db: Database, now: number): void {
  db.sql('UPDATE server SET latest = max(latest, ?) WHERE one = 1').run(now);
}

/** The host's word that the clock was ahead by mistake, and is right now. */
export function believeTime(db: Database, now: number): void {
  db.sql('UPDATE server SET latest = ? WHERE one = 1').run(now);
}
