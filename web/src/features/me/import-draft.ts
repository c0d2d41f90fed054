import type { ImportChoices, ImportReport } from '../../session/me-contract.ts';

/** What a mood of the file becomes: a place on the pleasantness line, the word alone, or not decided yet. */
export type MoodMapping = number | 'word-only' | 'undecided';

export type ImportDraft = {
  readonly moods: ReadonlyMap<string, MoodMapping>;
  /** IANA zone. */
  readonly zone: string;
};

/** The five standard names get their usual places; what the person named themselves is left for them to say. */
export function newImportDraft(report: ImportReport, zone: string): ImportDraft {
  return {
    moods: new Map(report.moods.map(({ name, suggested }) => [name, suggested ?? 'undecided'])),
    zone,
  };
}

export function mapMood(draft: ImportDraft, name: string, mapping: MoodMapping): ImportDraft {
  return { ...draft, moods: new Map(draft.moods).set(name, mapping) };
}

/** A mood that was left undecided keeps its word and gets no place: nothing is invented. */
export function choicesOf({ moods, zone }: ImportDraft): ImportChoices {
  const valenceByMood = new Map(
    [...moods].map(([name, mapping]) => [name, typeof mapping === 'number' ? mapping : null]),
  );
  return { valenceByMood, zone };
}
