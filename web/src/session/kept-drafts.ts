/** Drafts as they lie on this device: each sealed in a box, whose name tells no more than a moment's id. */
import { utf8, utf8ToText } from '@evenkeel/protocol';
import type { CheckInDraft, Diary, DraftName, SaveOutcome } from './contract.ts';
import { draftSchema } from './draft-schema.ts';
import type { Opened } from './opened.ts';

export type KeptDrafts = Pick<Diary, 'readDraft' | 'keepDraft'> & {
  /** Saves what a draft holds; meanwhile and afterwards, a pause does not keep that draft again. */
  readonly saveFrom: (draft: CheckInDraft, save: () => Promise<SaveOutcome>) => Promise<SaveOutcome>;
  /** What was saved last may be a draft again: it is being undone. */
  readonly mayComeBack: () => void;
  /** The moments with a change that was not saved. */
  readonly changed: () => Promise<readonly string[]>;
  /** Resolves when the draft that is being sealed lies on the device. */
  readonly settled: () => Promise<void>;
};

export function keptDrafts({ store, vault }: Pick<Opened, 'store' | 'vault'>): KeptDrafts {
  let keeping: Promise<void> = Promise.resolve();
  let saved: CheckInDraft | null = null;
  const settled = () => keeping.catch(() => undefined);

  const open = async (name: string): Promise<CheckInDraft | null> => {
    const box = await store.readBox('drafts', name);
    if (box === null) return null;
    const [plaintext] = await vault.openLocal('draft', [box]);
    const text = plaintext && utf8ToText(plaintext);
    if (text === null || text === undefined) return null;
    const parsed = draftSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  };

  const keep = async (name: string, draft: CheckInDraft | null): Promise<void> => {
    if (draft === null) return store.keepBox('drafts', name, null);
    const [box] = await vault.sealLocal('draft', [utf8(JSON.stringify(draft))]);
    if (box !== undefined) await store.keepBox('drafts', name, box);
  };

  const namesFrom = (start: string) => store.tables.drafts.where('id').startsWith(start).primaryKeys();

  /** Nothing leads any more to what was typed into an entry that was deleted meanwhile: it becomes the check-in. */
  const takeOver = async (): Promise<CheckInDraft | null> => {
    const [left] = await namesFrom('gone:');
    if (left === undefined) return null;
    const draft = await open(left);
    if (draft !== null) await keep('check-in', draft);
    await keep(left, null);
    return draft;
  };

  const keepDraft = (name: DraftName, draft: CheckInDraft | null): Promise<void> => {
    if (draft !== null && draft === saved) return keeping;
    // One after the other: a draft that takes longer to seal must not come back after it was forgotten.
    keeping = settled().then(() => keep(name, draft));
    return keeping;
  };

  return {
    async readDraft(name) {
      await settled();
      return (await open(name)) ?? (name === 'check-in' ? takeOver() : null);
    },
    keepDraft,
    async saveFrom(draft, save) {
      saved = draft;
      let isSaved = false;
      try {
        await settled();
        const outcome = await save();
        isSaved = outcome.ok;
        return outcome;
      } finally {
        if (!isSaved) saved = null;
      }
    },
    mayComeBack() {
      saved = null;
    },
    changed: async () => (await namesFrom('edit:')).map((name) => name.slice('edit:'.length)),
    settled,
  };
}
