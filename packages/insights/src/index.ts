/** Numbers drawn from what somebody wrote. Pure: plain days and numbers in, outcomes out; no key, no clock, no screen. */
export * from './amounts.ts';
export * from './association.ts';
export * from './by-month.ts';
export * from './calendar.ts';
export * from './completeness.ts';
export * from './daily-means.ts';
export * from './day-range.ts';
export * from './logged-numbers.ts';
export * from './reliable-change.ts';
export * from './rhythm.ts';
export * from './student-t.ts';
export * from './usual-range.ts';
export * from './value-gaps.ts';
export * from './weekly-line.ts';
