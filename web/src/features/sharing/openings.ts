import { accessLines } from '@evenkeel/sharing';
import type { AccessLine, ReadChains, ReceiptFault } from '@evenkeel/sharing';

/** What is told about a chain of receipts that is not whole: missing ones, doubled numbers, ones that do not verify. */
export type OpeningNotice = { readonly kind: 'missing' | 'doubled' | 'not-theirs'; readonly times: number };

export type Openings = {
  /** Newest first: each opening by hand, background refreshes as one line a day. */
  readonly lines: readonly AccessLine[];
  readonly notices: readonly OpeningNotice[];
  /** Whether anything has come at all. */
  readonly nothingYet: boolean;
};

const kindByReason = {
  gap: 'missing',
  fork: 'doubled',
  forged: 'not-theirs',
  'unknown-device': 'not-theirs',
  malformed: 'not-theirs',
  'wrong-grant': 'not-theirs',
  'wrong-server': 'not-theirs',
} as const satisfies Record<ReceiptFault['reason'], OpeningNotice['kind']>;

/** "Who opened what", from the receipts that verified. Days are those of `zone` (IANA). */
export function openingsOf({ receipts, faults }: ReadChains, zone: string): Openings {
  const times = new Map<OpeningNotice['kind'], number>();
  for (const { reason } of faults) {
    const kind = kindByReason[reason];
    times.set(kind, (times.get(kind) ?? 0) + 1);
  }
  const order = ['missing', 'doubled', 'not-theirs'] as const;
  return {
    lines: accessLines(receipts, zone),
    notices: order.flatMap((kind) => {
      const count = times.get(kind);
      return count === undefined ? [] : [{ kind, times: count }];
    }),
    nothingYet: receipts.length === 0 && faults.length === 0,
  };
}
