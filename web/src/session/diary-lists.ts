/** The person's own lists, choices, conditions and plan: what is tied to no day, on top of the replica. */
import {
  type EntryRecord,
  type ListedSetting,
  type Setting,
  type Trackable,
  TRACKABLES,
  conditionsOf,
  editCondition,
  editPlanLine,
  editRecord,
  editSetting,
  newCondition,
  newPlanLine,
  newSetting,
  planOf,
  questionnaireSchedules,
  settingLists,
  settingOf,
  trackedChoices,
} from '@evenkeel/journal';
import { type RecordId, recordIdSchema } from '@evenkeel/protocol';
import type { Diary, ListOutcome, NewListed } from './contract.ts';
import { mustBeKept } from './not-kept.ts';
import type { Opened } from './opened.ts';

export type DiaryLists = Pick<
  Diary,
  | 'tracked'
  | 'setTracked'
  | 'lists'
  | 'addToList'
  | 'changeInList'
  | 'setArchived'
  | 'reorderList'
  | 'schedules'
  | 'setSchedule'
  | 'conditions'
  | 'addCondition'
  | 'changeCondition'
  | 'removeCondition'
  | 'plan'
  | 'addPlanLine'
  | 'changePlanLine'
  | 'reorderPlan'
  | 'removePlanLine'
>;

export function openLists({ replica, now }: Opened): DiaryLists {
  const { index, clock } = replica;
  const makers = () => ({ clock, now: now() });
  const ofSettings = drawnFrom(
    () => index.snapshot().settings(),
    (records) => {
      const lists = settingLists(records);
      const choices = trackedChoices(records);
      const schedules = questionnaireSchedules(records);
      const isOn = (what: Trackable): boolean => {
        const chosen = choices.get(what)?.on;
        if (chosen !== undefined) return chosen;
        if (what === 'values') return lists.value.length > 0;
        return what === 'surroundings' && lists.surrounding.length > 0;
      };
      return {
        lists,
        choices,
        schedules,
        tracked: new Set(TRACKABLES.filter(isOn)),
        running: [...schedules.values()].filter(({ on }) => on),
      };
    },
  );
  const ofUndated = drawnFrom(
    () => index.snapshot().undated(),
    (records) => ({ conditions: conditionsOf(records), plan: planOf(records) }),
  );

  const recordOf = (id: string): EntryRecord | undefined => {
    const rec = recordIdSchema.safeParse(id);
    return rec.success ? index.snapshot().record(rec.data) : undefined;
  };
  const save = async (record: EntryRecord | null): Promise<ListOutcome> => {
    if (record === null) return { ok: false, reason: 'unusable' };
    const saved = await replica.save([record]);
    if (saved.ok) return { ok: true, id: record.rec };
    if (saved.reason === 'storage-full') return { ok: false, reason: 'no-room' };
    mustBeKept(saved);
    return { ok: false, reason: 'gone' };
  };
  /** An edit of what is there; that nothing was different is no fault. */
  const change = async (
    id: string,
    edit: (record: EntryRecord) => { readonly record: EntryRecord | null; readonly isUsable: boolean },
  ): Promise<ListOutcome> => {
    const record = recordOf(id);
    if (record === undefined) return { ok: false, reason: 'gone' };
    const edited = edit(record);
    if (!edited.isUsable) return { ok: false, reason: 'unusable' };
    return edited.record === null ? { ok: true, id } : save(edited.record);
  };
  const reorder = async (ids: readonly string[]): Promise<void> => {
    const edited = ids.flatMap((id, place) => {
      const record = recordOf(id);
      return (record && editRecord(record, { fields: { order: place + 1 } }, clock)?.record) ?? [];
    });
    if (edited.length > 0) mustBeKept(await replica.save(edited));
  };
  const remove = async (id: string): Promise<void> => {
    const rec: RecordId | undefined = recordOf(id)?.rec;
    if (rec !== undefined) mustBeKept(await replica.eraseForGood([rec]));
  };
  const choose = async (chosen: { readonly id: string } | undefined, setting: Setting): Promise<void> => {
    const held = chosen && recordOf(chosen.id);
    const record = held === undefined ? newSetting(setting, makers()) : editSetting(held, setting, clock);
    if (record !== null) mustBeKept(await replica.save([record]));
  };
  const usable = (setting: Setting): boolean => newSetting(setting, makers()) !== null;

  return {
    tracked: () => ofSettings().tracked,
    setTracked: (what, on) => choose(ofSettings().choices.get(what), { kind: 'tracked', what, on }),

    lists: () => ofSettings().lists,
    addToList(item) {
      const list = ofSettings().lists[item.kind];
      return save(newSetting(listed(item, { order: after(list), archived: false }), makers()));
    },
    changeInList: (id, item) =>
      change(id, (record) => {
        const held = settingOf(record);
        const setting = listed(
          item,
          held !== undefined && 'order' in held ? held : { order: 0, archived: false },
        );
        return { record: editSetting(record, setting, clock), isUsable: usable(setting) };
      }),
    async setArchived(id, archived) {
      const record = recordOf(id);
      const edited = record && editRecord(record, { fields: { archived } }, clock);
      if (edited) mustBeKept(await replica.save([edited.record]));
    },
    reorderList: reorder,

    schedules: () => ofSettings().running,
    async setSchedule(instrument, schedule) {
      const known = ofSettings().schedules.get(instrument);
      if (schedule !== null) {
        await choose(known, { kind: 'questionnaire-schedule', instrument, ...schedule, on: true });
      } else if (known !== undefined) {
        const { id: _id, ...held } = known;
        await choose(known, { ...held, on: false });
      }
    },

    conditions: () => ofUndated().conditions,
    addCondition: (condition) => save(newCondition(condition, makers())),
    changeCondition: (id, condition) =>
      change(id, (record) => ({
        record: editCondition(record, condition, clock),
        isUsable: newCondition(condition, makers()) !== null,
      })),
    removeCondition: remove,

    plan: () => ofUndated().plan,
    addPlanLine(line) {
      const section = ofUndated().plan.filter((held) => held.section === line.section);
      return save(newPlanLine({ ...line, order: after(section) }, makers()));
    },
    changePlanLine: (id, line) =>
      change(id, (record) => ({
        record: editPlanLine(record, line, clock),
        isUsable: newPlanLine(line, makers()) !== null,
      })),
    reorderPlan: reorder,
    removePlanLine: remove,
  };
}

/** What is drawn from records, kept until one of them is another. */
function drawnFrom<Drawn>(
  read: () => readonly EntryRecord[],
  draw: (records: readonly EntryRecord[]) => Drawn,
): () => Drawn {
  let known: { readonly records: readonly EntryRecord[]; readonly drawn: Drawn } | null = null;
  return () => {
    const records = read();
    if (known === null || !isSame(known.records, records)) known = { records, drawn: draw(records) };
    return known.drawn;
  };
}

function isSame(a: readonly EntryRecord[], b: readonly EntryRecord[]): boolean {
  return a === b || (a.length === b.length && a.every((record, place) => record === b[place]));
}

/** A place after all others. */
function after(list: readonly { readonly order: number }[]): number {
  return Math.max(0, ...list.map(({ order }) => order)) + 1;
}

function listed(
  item: NewListed,
  { order, archived }: { readonly order: number; readonly archived: boolean },
): ListedSetting {
  return { ...item, order, archived };
}
