/** The first rows of many, as far as there is room for them. */
import type { Room } from '../store.ts';

type Row = Readonly<Record<string, unknown>>;
export type Taken<Item> = {
  readonly items: readonly Item[];
  /** Of all of them, in bytes. */
  readonly size: number;
  /** Whether there are more. */
  readonly cut: boolean;
};

/** Items until there are as many or as large as fits; one where there is one, unless no row is wanted. */
export function takeRows<Item>(
  rows: Iterable<Row>,
  room: Room,
  itemOf: (row: Row) => Item,
  sizeOf: (item: Item) => number,
): Taken<Item> {
  const items: Item[] = [];
  let size = 0;
  for (const row of rows) {
    if (items.length >= room.rows || (items.length > 0 && size >= room.bytes))
      return { items, size, cut: true };
    const item = itemOf(row);
    size += sizeOf(item);
    items.push(item);
  }
  return { items, size, cut: false };
}
