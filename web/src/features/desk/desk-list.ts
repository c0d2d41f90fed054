import { REMIND_BEFORE_MS } from '@evenkeel/sharing';
import type { DeskPerson } from '../../session/desk-contract.ts';

/** What a person is called on the desk: the clinician's own label, else the name they gave. */
export function nameOf({ label, name }: Pick<DeskPerson, 'label' | 'name'>): string {
  return label === '' ? name : label;
}

/**
 * Those who share first, among them those with something new, then the latest entry; then those who are only
 * linked; then those who stopped. Names decide what is left, so that the list never shuffles by itself.
 */
export function inDeskOrder(people: readonly DeskPerson[]): readonly DeskPerson[] {
  return people.toSorted(
    (a, b) =>
      group(a) - group(b) ||
      Number(b.fresh > 0) - Number(a.fresh > 0) ||
      (b.lastEntryAt ?? 0) - (a.lastEntryAt ?? 0) ||
      nameOf(a).localeCompare(nameOf(b)) ||
      (a.owner < b.owner ? -1 : 1),
  );
}

/** Those whose name or label holds the searched letters, without minding case. */
export function found(people: readonly DeskPerson[], search: string): readonly DeskPerson[] {
  const sought = search.trim().toLocaleLowerCase();
  return people.filter(({ name, label }) => `${label}\n${name}`.toLocaleLowerCase().includes(sought));
}

/** Whole days until a share ends by itself, counted up; null when that is more than a week away, or never. */
export function endsInDays(
  { share, status }: Pick<DeskPerson, 'share' | 'status'>,
  now: number,
): number | null {
  if (status === 'ended' || status === 'linked' || share === null || share.expires === null) return null;
  const left = share.expires - now;
  return left <= 0 || left > REMIND_BEFORE_MS ? null : Math.ceil(left / 86_400_000);
}

/** The person before or after `owner` in the list; the first when nobody is chosen; null of an empty list. */
export function neighbour(
  people: readonly DeskPerson[],
  owner: string | null,
  step: 1 | -1,
): DeskPerson | null {
  if (owner === null) return people[0] ?? null;
  const index = people.findIndex((person) => person.owner === owner);
  const next = Math.min(people.length - 1, Math.max(0, index + step));
  return people[next] ?? null;
}

function group({ status }: DeskPerson): number {
  return { sharing: 0, 'waiting-for-key': 0, linked: 1, ended: 2 }[status];
}
