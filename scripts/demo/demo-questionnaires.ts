/** A made-up person's PHQ-9, every second Sunday evening of a year: from moderately severe to mild, not in a line. */
import { scaleOf, score } from '@evenkeel/instruments';
import { type MomentDraft, atInstant } from '@evenkeel/journal';

const DAY_MS = 86_400_000;
const TIMES = 26;
const ZONE = 'Europe/London';

/** Totals, oldest first, spread over the year by where they stand. */
const totals = [
  17, 18, 16, 17, 14, 15, 16, 13, 12, 14, 11, 12, 13, 10, 9, 11, 12, 9, 8, 10, 8, 9, 7, 9, 8, 8,
];

/** Oldest first, none later than `now`. */
export function demoQuestionnaires(
  now: number,
): readonly { readonly draft: MomentDraft; readonly at: number }[] {
  const lastSunday = new Date(now);
  lastSunday.setUTCDate(lastSunday.getUTCDate() - lastSunday.getUTCDay());
  lastSunday.setUTCHours(20, 5, 0, 0);
  const last = lastSunday.getTime() <= now ? lastSunday.getTime() : lastSunday.getTime() - 7 * DAY_MS;
  return Array.from({ length: TIMES }, (_, index) => {
    const at = last - (TIMES - 1 - index) * 14 * DAY_MS;
    return { at, draft: { when: atInstant(at, ZONE), questionnaire: answered(index) } };
  });
}

function answered(time: number): NonNullable<MomentDraft['questionnaire']> {
  const scale = scaleOf('phq-9');
  const answers = answersFor(totals[time] ?? 0, time);
  const scored = score(scale, answers);
  return {
    instrument: scale.id,
    version: scale.version,
    language: 'en',
    answers,
    total: scored.ok ? scored.total : null,
  };
}

/** Nine answers that add up to `total`; item 9 is above zero now and then. */
function answersFor(total: number, time: number): Record<string, number> {
  const answers = Array.from({ length: 9 }, () => 0);
  if (time % 12 === 11) answers[8] = 1;
  let left = total - (answers[8] ?? 0);
  for (let turn = 0; left > 0; turn += 1) {
    const item = (turn * 3 + time) % 8;
    const said = answers[item] ?? 0;
    if (said === 3) continue;
    answers[item] = said + 1;
    left -= 1;
  }
  return Object.fromEntries(answers.map((said, index) => [`q${index + 1}`, said]));
}
