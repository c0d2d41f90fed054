import { expect, test } from 'vitest';
import { whyRefused } from './import-rules.ts';

test('what architecture.mjs names may be imported', () => {
  expect(whyRefused('packages/vault/src/seal.ts', '@evenkeel/protocol')).toBeUndefined();
  expect(whyRefused('web/src/app/App.tsx', '@evenkeel/replica')).toBeUndefined();
  expect(whyRefused('packages/vault/src/seal.ts', 'tweetnacl')).toBeUndefined();
});

test('the ground floor imports nothing of ours', () => {
  expect(whyRefused('packages/protocol/src/leaf.ts', '@evenkeel/vault')).toContain('nothing of ours');
});

test('the test-kit is for tests', () => {
  expect(whyRefused('packages/replica/src/push.test.ts', '@evenkeel/test-kit')).toBeUndefined();
  expect(whyRefused('packages/replica/src/push.ts', '@evenkeel/test-kit')).toContain('imports test-kit');
});

test('a path that leaves its package is refused, whatever it leads to', () => {
  expect(whyRefused('packages/vault/src/seal.ts', '../../protocol/src/index.ts')).toContain('by its name');
});

test('RxDB developer mode is never in what is shipped, and may be in a test', () => {
  expect(whyRefused('packages/replica/src/open.ts', 'rxdb/plugins/dev-mode')).toContain('another site');
  expect(whyRefused('packages/replica/src/open.test.ts', 'rxdb/plugins/dev-mode')).toBeUndefined();
});

test('zod has one door', () => {
  expect(whyRefused('packages/protocol/src/z.ts', 'zod/mini')).toBeUndefined();
  expect(whyRefused('sync-server/src/config.ts', 'zod')).toContain('@evenkeel/protocol');
});

test('a screen does not know its neighbours, nor the parts the whole', () => {
  expect(whyRefused('web/src/features/check-in/CheckInPage.tsx', '../timeline/day.ts')).toContain('timeline');
  expect(whyRefused('web/src/ui/Button.tsx', '../features/check-in/draft.ts')).toContain(
    'ui may import i18n',
  );
  expect(whyRefused('web/src/features/check-in/CheckInPage.tsx', '../../ui/Button.tsx')).toBeUndefined();
});
