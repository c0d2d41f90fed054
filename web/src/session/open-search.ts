/** Search over all of the diary: each moment is read into words once, in slices, and kept while the diary is open. */
import type { HeldMoment } from '@evenkeel/replica';
import { i18n } from '../i18n/i18n.ts';
import type { Text } from '../i18n/use-text.ts';
import { linesOf } from '../ui/timeline/shown-line.ts';
import type { ShownLine } from '../ui/timeline/shown-line.ts';
import type { DiaryDay, Found, Moment, Search, SearchState } from './contract.ts';
import { allMoments, inSlices } from './in-slices.ts';
import { momentDetail, momentTitle } from './moment-words.ts';
import { isContent, momentOf } from './moments.ts';
import { type Opened, createAnnouncer } from './opened.ts';
import { EVERYTHING, isEverything } from './search-contract.ts';
import type { SeaCorner, SoughtPart, Wanted } from './search-contract.ts';

const DAYS_AT_FIRST = 30;
const DAYS_MORE = 60;

/** What a moment can be found by. */
export type Findable = {
  /** Plain: without capitals and accents. */
  readonly words: string;
  readonly parts: ReadonlySet<SoughtPart>;
  readonly corner: SeaCorner | null;
  readonly names: readonly string[];
  readonly notForSharing: boolean;
};

export type OpenSearch = Search & { readonly changed: () => void };

/** `draw`: a moment as screens show it, made only for what is shown. */
export function openSearch(
  { replica }: Pick<Opened, 'replica'>,
  draw: (held: HeldMoment) => Moment | undefined,
): OpenSearch {
  const { index } = replica;
  const { subscribe, announce } = createAnnouncer();
  const text: Text = (message, values) => i18n._(message.id, values, { message: message.message });
  const known = new WeakMap<HeldMoment, Findable | 'nothing'>();
  let all: readonly HeldMoment[] = [];
  let names: readonly string[] = [];
  let wanted = EVERYTHING;
  let most = DAYS_AT_FIRST;
  let readTo = -1;
  let running = 0;
  let watchers = 0;
  let state: SearchState | null = null;

  const tell = (): void => {
    state = null;
    announce();
  };

  /** A change while it reads begins a new reading; the old one ends at its next pause. */
  async function readAll(): Promise<void> {
    running += 1;
    const mine = running;
    const snapshot = index.snapshot();
    if (!snapshot.historyLoaded.complete || snapshot.version === readTo) return;
    const read: HeldMoment[] = [];
    const named = new Set<string>();
    const finished = await inSlices(
      allMoments(snapshot),
      (held) => {
        const findable = known.get(held) ?? findableOf(held, text);
        known.set(held, findable);
        if (findable === 'nothing') return;
        read.push(held);
        for (const name of findable.names) named.add(name);
      },
      () => mine === running,
    );
    if (!finished) return;
    all = read;
    names = [...named].toSorted((a, b) => a.localeCompare(b, i18n.locale));
    readTo = snapshot.version;
    tell();
  }

  function find(): Found | null {
    if (isEverything(wanted)) return null;
    const matches = matcherOf(wanted);
    const days: { readonly day: string; readonly held: HeldMoment[] }[] = [];
    let entries = 0;
    let last = '';
    let more = false;
    for (const held of all) {
      const findable = known.get(held);
      if (findable === undefined || findable === 'nothing' || !matches(findable)) continue;
      entries += 1;
      if (held.day === last) days.at(-1)?.held.push(held);
      else if (days.length < most) {
        last = held.day;
        days.push({ day: held.day, held: [held] });
      } else more = true;
    }
    return { days: days.flatMap(drawDay), entries, more };
  }

  function drawDay({
    day,
    held,
  }: {
    readonly day: string;
    readonly held: readonly HeldMoment[];
  }): DiaryDay[] {
    const moments = held.flatMap((one) => draw(one) ?? []);
    return moments.length === 0 ? [] : [{ day, moments }];
  }

  return {
    subscribe(listener) {
      const leave = subscribe(listener);
      watchers += 1;
      if (watchers === 1) void readAll();
      return () => {
        leave();
        watchers -= 1;
        if (watchers === 0) running += 1;
      };
    },
    read: () => (state ??= { wanted, found: find(), reading: readTo < 0, names }),
    want(next) {
      wanted = next;
      most = DAYS_AT_FIRST;
      tell();
    },
    showMore() {
      most += DAYS_MORE;
      tell();
    },
    changed() {
      tell();
      if (watchers > 0) void readAll();
    },
  };
}

/** Whether a moment is wanted. */
export function matcherOf({
  sought,
  parts,
  corner,
  named,
  notForSharing,
}: Wanted): (findable: Findable) => boolean {
  const pieces = plain(sought).split(/\s+/).filter(Boolean);
  return (findable) =>
    (!notForSharing || findable.notForSharing) &&
    (corner === null || findable.corner === corner) &&
    (named === null || findable.names.includes(named)) &&
    parts.every((part) => findable.parts.has(part)) &&
    pieces.every((piece) => findable.words.includes(piece));
}

function findableOf(held: HeldMoment, text: Text): Findable | 'nothing' {
  const moment = held.records.some(isContent) && momentOf(held.records, { where: 'this-device' });
  return moment ? findableIn(moment, text) : 'nothing';
}

export function findableIn(moment: Moment, text: Text): Findable {
  const lines = linesOf(moment, moment.when);
  return {
    words: plain(`${momentTitle(text, moment)} ${momentDetail(text, moment)} ${moment.text}`),
    parts: new Set(partsOf(moment)),
    corner: cornerOf(moment),
    names: [...Object.values(moment.surroundings).flat(), ...lines.flatMap(nameIn)],
    notForSharing: moment.notForSharing,
  };
}

function partsOf(moment: Moment): readonly SoughtPart[] {
  const { mood, values, surroundings, sleep, symptoms, substances, medication, trackers } = moment;
  const has: readonly (readonly [SoughtPart, boolean])[] = [
    ['mood', mood !== undefined],
    ['words', moment.text !== ''],
    ['surroundings', Object.values(surroundings).some((said) => said.length > 0)],
    ['values', values.length > 0],
    ['sleep', sleep !== undefined],
    ['symptoms', symptoms?.energy !== undefined || (symptoms?.symptoms ?? []).length > 0],
    ['cravings', (symptoms?.cravings ?? []).length > 0],
    ['substances', substances !== undefined],
    ['medication', (medication ?? []).length > 0],
    ['trackers', (trackers ?? []).length > 0],
    ['questionnaire', moment.questionnaire !== undefined],
  ];
  return has.flatMap(([part, held]) => (held ? [part] : []));
}

/** A mood on a line between two corners lies in neither. */
function cornerOf({ mood }: Moment): SeaCorner | null {
  const { valence = 0, arousal = 0 } = mood ?? {};
  if (valence === 0 || arousal === 0) return null;
  if (valence > 0) return arousal > 0 ? 'bright' : 'calm';
  return arousal > 0 ? 'tense' : 'low';
}

function nameIn(line: ShownLine): readonly string[] {
  switch (line.kind) {
    case 'symptom':
      return [line.symptom.text];
    case 'craving':
      return [line.craving.text];
    case 'use':
      return [line.use.text];
    case 'no-use':
      return line.text === null ? [] : [line.text];
    case 'dose':
      return [line.dose.text];
    case 'tracker':
      return [line.answer.text];
    case 'sleep':
    case 'energy':
      return [];
  }
}

/** Capitals and accents make no difference. */
function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
