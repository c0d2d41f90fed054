import type { HeldCondition, HeldPlanLine } from '@evenkeel/journal';

/** What a share opens that is tied to no day. */
export type ShownStanding = {
  readonly conditions: readonly HeldCondition[];
  readonly plan: readonly HeldPlanLine[];
};
