/**
 * What was begun in a form and not saved, by the path of the screen it was begun on. Each is sealed at once, in a box
 * of its own: two windows must not overwrite each other's. A box's name lies open on the device, so it says nothing.
 */
import { type Bytes, randomBytes, toBase64url, utf8, utf8ToText, z } from '@evenkeel/protocol';
import type { FormPath } from './contract.ts';
import type { Opened } from './opened.ts';

export type KeptForms = {
  /** Unparsed; null when there is none. */
  readonly read: (path: FormPath) => unknown;
  /** At hand at once; durable when it resolves. Null forgets it. */
  readonly keep: (path: FormPath, draft: unknown) => Promise<void>;
  /** Where something is unfinished. */
  readonly paths: () => readonly FormPath[];
  /** Resolves when all of it lies on the device, or found no room there. */
  readonly kept: () => Promise<void>;
};

const PREFIX = 'form-';
const contentSchema = z.object({ path: z.string(), draft: z.unknown() });

export async function openForms({ vault, store }: Pick<Opened, 'vault' | 'store'>): Promise<KeptForms> {
  const held = new Map<FormPath, { readonly box: string; readonly draft: unknown }>();
  const waiting = new Set<FormPath>();
  let last: Promise<void> = Promise.resolve();

  const rows = (await store.readBoxes('drafts')).filter(({ id }) => id.startsWith(PREFIX));
  const opened =
    rows.length === 0
      ? []
      : await vault.openLocal(
          'draft',
          rows.map(({ box }) => box),
        );
  for (const [place, { id: box }] of rows.entries()) {
    const found = contentSchema.safeParse(jsonOf(opened[place]));
    const path = found.data?.path;
    if (isFormPath(path)) held.set(path, { box, draft: found.data?.draft });
  }

  const seal = async (path: FormPath): Promise<void> => {
    waiting.delete(path);
    const now = held.get(path);
    if (now === undefined) return;
    if (now.draft === null) return store.keepBox('drafts', now.box, null);
    const [box] = await vault.sealLocal('draft', [utf8(JSON.stringify({ path, draft: now.draft }))]);
    if (box !== undefined) await store.keepBox('drafts', now.box, box);
  };

  return {
    read: (path) => held.get(path)?.draft ?? null,
    keep(path, draft) {
      const box = held.get(path)?.box ?? PREFIX + toBase64url(randomBytes(16));
      held.set(path, { box, draft });
      // One after the other: a draft that takes longer to seal must not come back after it was forgotten. What is
      // typed while one is being sealed is sealed with the next.
      if (waiting.has(path)) return last;
      waiting.add(path);
      last = last.catch(() => undefined).then(() => seal(path));
      return last;
    },
    paths: () => [...held].flatMap(([path, { draft }]) => (draft === null ? [] : [path])),
    kept: () => last.catch(() => undefined),
  };
}

function isFormPath(path: string | undefined): path is FormPath {
  return path?.startsWith('/') === true;
}

/** Null for what does not open, or is not ours: a draft is never worth a diary that does not open. */
function jsonOf(plaintext: Bytes | null | undefined): unknown {
  try {
    return JSON.parse(utf8ToText(plaintext ?? utf8('')) ?? '');
  } catch {
    return null;
  }
}
