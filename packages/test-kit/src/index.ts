/**
 * For tests, the demo and the bench: made-up data that needs neither a server nor a browser. The cast is at
 * `@evenkeel/test-kit/cast`, the server that lies at `@evenkeel/test-kit/evil-server`.
 */
export * from './clock.ts';
export * from './plausible-diary.ts';
export * from './random.ts';
