/** For tests only: made-up people, a made-up diary, a clock wound by hand, and a server that lies. */
export * from './plausible-diary.ts';
export * from './random.ts';
