/** Lists the accounts, and suspends one or takes it in again. Works beside a running server. */
import { parseArgs } from 'node:util';
import { accountIdSchema } from '@evenkeel/protocol';
import type { Store } from '../store/store.ts';
import { CannotDo, onDatabase } from './on-database.ts';

const USE =
  'npm run accounts lists them; npm run accounts -- suspend ID, or resume ID, stops one or lets it go on';
const MIB = 1_048_576;

const [verb, id, ...more] = parseArgs({ allowPositionals: true }).positionals;

await onDatabase(async (store) => {
  if (verb === undefined) return list(store);
  if ((verb !== 'suspend' && verb !== 'resume') || id === undefined || more.length > 0)
    throw new CannotDo(USE);
  const acct = accountIdSchema.safeParse(id);
  if (!acct.success || (await store.findAccount(acct.data)) === null)
    throw new CannotDo(`there is no account ${id} here`);
  await store.suspend(acct.data, verb === 'suspend');
  console.log(verb === 'suspend' ? `${id} is suspended.` : `${id} goes on.`);
});

async function list(store: Store): Promise<void> {
  const accounts = await store.listAccounts();
  for (const { acct, bytes, active } of accounts)
    console.log(`${acct}  ${(bytes / MIB).toFixed(1).padStart(8)} MiB${active ? '' : '  suspended'}`);
  console.log(`${accounts.length} accounts, the largest first`);
}
