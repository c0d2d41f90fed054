import type { HeldPlanLine, PlanSection } from '@evenkeel/journal';

/** What can be done at once, in this order. The rest of the plan is for calmer hours, or stands under Help now. */
const FOR_NOW: readonly PlanSection[] = ['alone', 'people-to-ask', 'professionals'];

/** The lines of somebody's own plan to show beside an answer that is worth a calm look. */
export function planForNow(plan: readonly HeldPlanLine[]): readonly HeldPlanLine[] {
  return FOR_NOW.flatMap((section) => plan.filter((line) => line.section === section));
}

/** A number as a phone dials it, whatever blanks and brackets it was written with. */
export function dialled(phone: string): string {
  return `tel:${phone.replaceAll(/[^0-9+*#]/g, '')}`;
}
