/** Questionnaires as screens know them: what was answered, and what was begun. */
import { INSTRUMENT_IDS, type InstrumentId, isInstrumentId } from '@evenkeel/instruments';
import { CATEGORY_NUMBERS, questionnaireOf, subjectOf } from '@evenkeel/journal';
import { utf8, utf8ToText, z } from '@evenkeel/protocol';
import { type Opened, createAnnouncer } from './opened.ts';
import type { AnsweringDraft, Answered, Questionnaires, Standing } from './questionnaires-contract.ts';

const DRAFTS = 'questionnaires';
const NOTHING: Standing = { answered: [], draft: null };

const draftsSchema = z.record(
  z.string(),
  z.object({
    at: z.int().check(z.gte(0)),
    answers: z.record(z.string(), z.union([z.number(), z.string(), z.null()])),
  }),
);

export function openQuestionnaires(opened: Opened): Questionnaires {
  const { replica, vault, store } = opened;
  const { subscribe, announce } = createAnnouncer();
  /** By instrument, or by the entry that is being changed. */
  const drafts = new Map<string, AnsweringDraft>();
  let standings: ReadonlyMap<InstrumentId, Standing> | null = null;
  let keeping: Promise<void> = Promise.resolve();

  const changed = (): void => {
    standings = null;
    announce();
  };
  replica.index.subscribe(changed);

  const readStandings = (): ReadonlyMap<InstrumentId, Standing> => {
    const answered = answeredIn(opened);
    return new Map(
      INSTRUMENT_IDS.map((instrument) => [
        instrument,
        { answered: answered.get(instrument) ?? [], draft: drafts.get(instrument) ?? null },
      ]),
    );
  };

  // In one box: the name of a box lies open on the device, and must not say which questionnaire was begun.
  const sealDrafts = async (): Promise<void> => {
    if (drafts.size === 0) return store.keepBox('drafts', DRAFTS, null);
    const [box] = await vault.sealLocal('draft', [utf8(JSON.stringify(Object.fromEntries(drafts)))]);
    if (box !== undefined) await store.keepBox('drafts', DRAFTS, box);
  };

  const readDrafts = async (): Promise<void> => {
    const box = await store.readBox('drafts', DRAFTS);
    if (box === null) return;
    const [plaintext] = await vault.openLocal('draft', [box]);
    const text = plaintext && utf8ToText(plaintext);
    if (text === null || text === undefined) return;
    const parsed = draftsSchema.safeParse(JSON.parse(text));
    for (const [id, draft] of Object.entries(parsed.data ?? {})) if (!drafts.has(id)) drafts.set(id, draft);
  };

  return {
    subscribe,
    ready: Promise.all([readDrafts(), replica.loaded]).then(changed),
    standing(instrument) {
      standings ??= readStandings();
      return standings.get(instrument) ?? NOTHING;
    },
    changing: (entry) => drafts.get(entry) ?? null,
    keepDraft(of, draft) {
      if (draft === null) drafts.delete(of);
      else drafts.set(of, draft);
      changed();
      // One after the other: a draft that takes longer to seal must not come back after it was forgotten.
      keeping = keeping.catch(() => undefined).then(sealDrafts);
      return keeping;
    },
  };
}

/** Every answered questionnaire, newest first. */
function answeredIn({ replica }: Opened): ReadonlyMap<InstrumentId, readonly Answered[]> {
  const found = new Map<InstrumentId, Answered[]>();
  for (const { id, when, records } of replica.index.snapshot().moments()) {
    for (const record of records) {
      if (subjectOf(record) !== CATEGORY_NUMBERS.questionnaires) continue;
      const said = questionnaireOf(record);
      if (said === undefined || !isInstrumentId(said.instrument)) continue;
      const others = found.get(said.instrument);
      const answered = { id, when, answers: said.answers };
      if (others === undefined) found.set(said.instrument, [answered]);
      else others.push(answered);
    }
  }
  return found;
}
