/** Questionnaires as screens know them: what was answered, and what was begun. */
import { INSTRUMENT_IDS, type InstrumentId, isInstrumentId } from '@evenkeel/instruments';
import { CATEGORY_NUMBERS, questionnaireOf, subjectOf } from '@evenkeel/journal';
import { z } from '@evenkeel/protocol';
import type { FormPath } from './contract.ts';
import { type Opened, createAnnouncer } from './opened.ts';
import {
  type AnsweringDraft,
  type Answered,
  type Questionnaires,
  type Standing,
  answeringPath,
} from './questionnaires-contract.ts';

const NOTHING: Standing = { answered: [], draft: null };

const draftSchema = z.object({
  at: z.int().check(z.gte(0)),
  answers: z.record(z.string(), z.union([z.number(), z.string(), z.null()])),
});

export function openQuestionnaires(opened: Opened): Questionnaires {
  const { replica, forms } = opened;
  const { subscribe, announce } = createAnnouncer();
  let standings: ReadonlyMap<InstrumentId, Standing> | null = null;

  const changed = (): void => {
    standings = null;
    announce();
  };
  replica.index.subscribe(changed);

  const begun = (path: FormPath): AnsweringDraft | null =>
    draftSchema.safeParse(forms.read(path)).data ?? null;

  const readStandings = (): ReadonlyMap<InstrumentId, Standing> => {
    const answered = answeredIn(opened);
    return new Map(
      INSTRUMENT_IDS.map((instrument) => [
        instrument,
        { answered: answered.get(instrument) ?? [], draft: begun(answeringPath(instrument)) },
      ]),
    );
  };

  return {
    subscribe,
    ready: replica.loaded.then(changed),
    standing(instrument) {
      standings ??= readStandings();
      return standings.get(instrument) ?? NOTHING;
    },
    begun,
    keepDraft(path, draft) {
      const kept = forms.keep(path, draft);
      changed();
      return kept;
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
