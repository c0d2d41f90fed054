import { expect, test } from 'vitest';
import { phoneLink } from './phone-link.ts';

test('a number calls the same however it is written', () => {
  for (const phone of ['07700 900123', '07700-900-123', '(07700) 900123'])
    expect(phoneLink('tel', phone)).toBe('tel:07700900123');
  expect(phoneLink('sms', '+44 7700 900123')).toBe('sms:+447700900123');
  expect(phoneLink('tel', '*123#')).toBe('tel:*123%23');
});
