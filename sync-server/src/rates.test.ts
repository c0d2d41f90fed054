import { expect, test } from 'vitest';
import { networkOf } from './rates.ts';

test('the addresses of one IPv6 household count as one, those of two do not', () => {
  const household = ['2a01:4f8::1', '2a01:4f8::2', '2a01:4f8::a:b:c:d', '2a01:4f8:0:0:ffff::9'];
  expect(new Set(household.map(networkOf)).size).toBe(1);
  expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe(networkOf('2001:db8:1:2::9'));
  expect(networkOf('2001:db8:1:2::9')).not.toBe(networkOf('2001:db8:1:3::9'));
  expect(networkOf('2001:db8:1::9')).not.toBe(networkOf('2001:db8:2::9'));
  expect(networkOf('203.0.113.7')).toBe('203.0.113.7');
  expect(networkOf('::ffff:203.0.113.7')).not.toBe(networkOf('::ffff:203.0.113.8'));
});
