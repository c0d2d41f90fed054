/**
 * Who may import whom, as data. `npm run test -- --only graph` holds the sources to it and
 * `scripts/draw-architecture.ts` draws ARCHITECTURE.md's diagram from it.
 *
 * Tests (`*.test.ts`, `*.test.tsx`, and what supports them, `*.test-support.ts`), e2e and scripts are not
 * shipped and may import anything, by name.
 */

/** Our workspaces, the ground floor first. `imports` is complete: what is not named there is refused. */
export const workspaces = {
  protocol: {
    folder: 'packages/protocol',
    says: 'what both sides say: ids, envelope bytes, logs, chains, requests and problems; knows no secret key',
    imports: [],
  },
  vault: {
    folder: 'packages/vault',
    says: 'secrets: the root, the key tree, seal and open, unlock, recovery words, linking',
    imports: ['protocol'],
  },
  instruments: {
    folder: 'packages/instruments',
    says: 'questionnaires and their scoring, each with its source and licence',
    imports: ['protocol'],
  },
  journal: {
    folder: 'packages/journal',
    says: 'what a person writes: moments, categories, emotion words, merge',
    imports: ['instruments', 'protocol'],
  },
  sharing: {
    folder: 'packages/sharing',
    says: 'scope, invitation, grant, key pack, revocation, receipt',
    imports: ['vault', 'journal', 'protocol'],
  },
  replica: {
    folder: 'packages/replica',
    says: "this device's sealed copy: RxDB on Dexie, replication, verification, index",
    imports: ['vault', 'journal', 'protocol'],
  },
  insights: {
    folder: 'packages/insights',
    says: 'numbers drawn from entries: usual range, rhythm, what goes with what, reliable change; pure',
    imports: ['journal', 'instruments', 'protocol'],
  },
  interchange: {
    folder: 'packages/interchange',
    says: 'arriving and leaving: importers and exports',
    imports: ['journal', 'instruments', 'protocol'],
  },
  'sync-server': {
    folder: 'sync-server',
    says: 'ciphertext and signed grants on SQLite; cannot open anything',
    imports: ['protocol'],
  },
  web: {
    folder: 'web',
    says: 'the installable app: the person at /, the clinician at /desk',
    imports: ['protocol', 'vault', 'instruments', 'journal', 'sharing', 'replica', 'insights', 'interchange'],
  },
  'test-kit': {
    folder: 'packages/test-kit',
    says: 'for tests only: a person, a clinician, a clock, an evil server',
    imports: [
      'protocol',
      'vault',
      'instruments',
      'journal',
      'sharing',
      'replica',
      'insights',
      'interchange',
      'sync-server',
      'web',
    ],
  },
};

/** The workspace that only tests, e2e and scripts may import. */
export const testOnly = 'test-kit';

/** Folders that are not shipped and may import any workspace. */
export const backstage = ['e2e', 'scripts'];

/**
 * Libraries with one door each. A name covers its subpaths (`rxdb` covers `rxdb/plugins/core`).
 * `in` lists the files or folders that may import it; tests, the test-kit, e2e and scripts are free.
 */
export const doors = [
  {
    library: 'tweetnacl',
    in: ['packages/vault/src/', 'packages/protocol/src/verify'],
    because:
      'raw tweetnacl accepts malleable signatures and small-order keys; only the strict wrapper may call it',
  },
  {
    library: 'rxdb',
    in: ['packages/replica/src/'],
    because: 'the replica is the only room that knows how entries are stored',
  },
  {
    library: 'dexie',
    in: ['packages/replica/src/'],
    because: 'the replica is the only room that knows how entries are stored',
  },
  { library: 'express', in: ['sync-server/src/'], because: 'only the server speaks HTTP as a server' },
  {
    library: 'zod',
    in: ['packages/protocol/src/z.ts'],
    because: 'zod must be set up once, before any schema: take z from @evenkeel/protocol',
  },
];

/** Never imported outside a test, whatever the folder. */
export const forbidden = [
  {
    module: 'rxdb/plugins/dev-mode',
    because: 'it opens a frame to another site and writes to the console',
  },
];

/** Inside web: which folder of `web/src` may import which. A feature never imports another feature. */
export const webRooms = {
  i18n: [],
  ui: ['i18n'],
  platform: ['i18n', 'ui', 'session'],
  session: ['i18n', 'ui', 'platform'],
  features: ['i18n', 'ui', 'platform', 'session'],
  app: ['i18n', 'ui', 'platform', 'session', 'features'],
};
