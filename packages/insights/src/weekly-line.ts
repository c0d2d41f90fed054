import { type DailyMean, meanOf } from './daily-means.ts';

const week = 7;

/**
 * The 7-day mean: for each day on which something was said, the mean of the days with entries in the week that
 * ends with it. The line breaks where a whole week passed without an entry: gaps stay gaps, nothing is drawn
 * into a day of silence. A piece of one day has no line; its dot is there.
 */
export function weeklyLine(means: readonly DailyMean[]): readonly (readonly DailyMean[])[] {
  const pieces: DailyMean[][] = [];
  let start = 0;
  means.forEach((daily, index) => {
    const before = means[index - 1];
    while ((means[start]?.day ?? daily.day) <= daily.day - week) start += 1;
    const point = { day: daily.day, mean: meanOf(means.slice(start, index + 1)) ?? daily.mean };
    const piece = pieces.at(-1);
    if (piece === undefined || before === undefined || daily.day - before.day > week) pieces.push([point]);
    else piece.push(point);
  });
  return pieces.filter((piece) => piece.length > 1);
}
