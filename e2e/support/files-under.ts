/** Whole files in memory, to be searched. */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

export type Haystack = { readonly name: string; readonly bytes: Buffer };

/** Every file in a folder and the folders in it. One that goes away meanwhile (a lock, a journal) is passed over. */
export async function filesUnder(folder: string): Promise<readonly Haystack[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = await Promise.all(
    entries.filter((entry) => entry.isFile()).map((entry) => readIfThere(join(entry.parentPath, entry.name))),
  );
  return files.flatMap((file) => file ?? []);
}

async function readIfThere(name: string): Promise<Haystack | null> {
  try {
    return { name, bytes: await readFile(name) };
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return null;
    throw fault;
  }
}
