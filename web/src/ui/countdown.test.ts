import { expect, test } from 'vitest';
import { minutesAndSeconds } from './countdown.ts';

test('ten minutes count down to nothing and stay there', () => {
  expect(minutesAndSeconds(600_000)).toEqual({ minutes: '10', seconds: '00' });
  expect(minutesAndSeconds(544_100)).toEqual({ minutes: '9', seconds: '05' });
  expect(minutesAndSeconds(1)).toEqual({ minutes: '0', seconds: '01' });
  expect(minutesAndSeconds(-5000)).toEqual({ minutes: '0', seconds: '00' });
});
