/**
 * The provisional rule of the PCL-5 (National Center for PTSD): an item counts from "moderately" (2) on, and the
 * pattern needs one of cluster B, one of C, two of D and two of E. It is a reason to ask further, not a finding.
 */
import type { Answers } from '../score.ts';
import { pcl5 } from './scale.ts';

const NEEDED: ReadonlyMap<string, number> = new Map([
  ['b', 1],
  ['c', 1],
  ['d', 2],
  ['e', 2],
]);
const MODERATELY = 2;

/** Whether the pattern is there; `unknown` where items without an answer could still decide it. */
export function pcl5Pattern(answers: Answers): 'there' | 'not-there' | 'unknown' {
  const clusters = pcl5.subscales.map(({ id, items }) => {
    const given = items.map((item) => answers[item]);
    const counted = given.filter((answer) => typeof answer === 'number' && answer >= MODERATELY).length;
    const open = given.filter((answer) => typeof answer !== 'number').length;
    return { missing: (NEEDED.get(id) ?? 0) - counted, open };
  });
  if (clusters.every(({ missing }) => missing <= 0)) return 'there';
  return clusters.some(({ missing, open }) => missing > open) ? 'not-there' : 'unknown';
}
