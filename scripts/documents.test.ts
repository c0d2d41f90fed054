import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { DEFAULT_LIMITS, MOST_RINGS, PROBLEM_CODES } from '@evenkeel/protocol';
import { ROUTES } from '../sync-server/src/app.ts';
import { readConfig, settingsSchema } from '../sync-server/src/config.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const pages = globSync(['*.md', 'docs/**/*.md'], { cwd: root }).toSorted();

/** The anchor a heading gets on a page, as the usual hosts make it. */
const anchors = (page: string) =>
  [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );

test('each problem has a page with its cause and what to do, and no page is left over', () => {
  const files = globSync('docs/problems/*.md', { cwd: root }).map((path) => path.split(/[\\/]/).at(-1) ?? '');
  expect(files.toSorted()).toEqual(PROBLEM_CODES.map((code) => `${code}.md`).toSorted());
  for (const code of PROBLEM_CODES) {
    const page = read(`docs/problems/${code}.md`);
    expect(page).toMatch(new RegExp(`^# ${code}\n`));
    expect(page).toContain('\n## Probable cause\n');
    expect(page).toContain('\n## What to do\n');
  }
});

test('every link between the documents leads somewhere', () => {
  const broken = pages.flatMap((path) =>
    [...read(path).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].flatMap(
      ([link, file = '', anchor]) => {
        const target = file === '' ? path : join(dirname(path), file);
        if (!existsSync(join(root, target))) return [`${path}: ${link}`];
        if (anchor === undefined || !target.endsWith('.md')) return [];
        return anchors(read(target)).includes(anchor) ? [] : [`${path}: ${link}`];
      },
    ),
  );
  expect(pages.length).toBeGreaterThan(30);
  expect(broken).toEqual([]);
});

test('every page and section that a source names is there', () => {
  const sources = globSync('{web,sync-server,e2e,scripts,packages/*}/{src,build,support}/**/*.{ts,tsx}', {
    cwd: root,
  });
  const lost = sources.flatMap((path) =>
    [...read(path).matchAll(/\b(docs\/[\w/-]+\.md)(?:,[\s*]+"([^"]+)")?/g)].flatMap(
      ([named, page = '', section]) => {
        if (!existsSync(join(root, page))) return [`${path}: ${named}`];
        const headings = [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
        return section === undefined || headings.includes(section) ? [] : [`${path}: ${named}`];
      },
    ),
  );
  expect(lost).toEqual([]);
});

test('every file that a document names is there', () => {
  const lost = pages.flatMap((path) =>
    [...read(path).matchAll(/`((?:web|sync-server|packages|e2e|scripts|docs)\/[\w./-]*)`/g)]
      .filter(([, file = '']) => !file.startsWith('web/dist') && !existsSync(join(root, file)))
      .map(([, file]) => `${path}: ${file}`),
  );
  expect(lost).toEqual([]);
});

test("no document tells what somebody measured once: a speed is the bench's to say, or has its source on its page", () => {
  const ours =
    /\bmeasured (?:here|on (?:this|our|my))|\bon (?:our|my) (?:machine|laptop|computer|hardware)|\bdesign (?:folder|pages?)\b/gi;
  const speed = /\d[\d.,]* ?(?:ms|µs|milliseconds|microseconds|MB\/s|\/s|(?:\w+ )?(?:a|per) second)\b/g;
  const found = pages.flatMap((path) => {
    const text = read(path);
    // A decision ends with its sources; the bench says how it measures.
    const isSourced = /\n## Sources checked\n+\S/.test(text) || path === join('docs', 'bench.md');
    return [...text.matchAll(ours), ...(isSourced ? [] : text.matchAll(speed))].map(
      ([words]) => `${path}: ${words}`,
    );
  });
  expect(found).toEqual([]);
});

test('each limit that the threat model admits names a test that is there', () => {
  const [, section = ''] = read('docs/threat-model.md').split('\n## Limits we admit\n');
  const limits = section.split('\n').filter((line) => line.startsWith('- '));
  expect(limits.length).toBeGreaterThanOrEqual(18);
  const untested = limits.filter((limit) => {
    const [, file = ''] = /`([\w./-]+\.(?:test|spec)\.ts)`$/.exec(limit) ?? [];
    return file === '' || !existsSync(join(root, file));
  });
  expect(untested).toEqual([]);
});

test('each decision has all its headings, and stands in the list', () => {
  const decisions = globSync('docs/decisions/0*.md', { cwd: root });
  const list = read('docs/decisions/README.md');
  expect(decisions.length).toBeGreaterThanOrEqual(12);
  for (const path of decisions) {
    const headings = [
      'Context',
      'Options',
      'Decision',
      'Consequences',
      'What would change our mind',
      'Sources checked',
    ];
    expect([...read(path).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual(headings);
    expect(read(path)).toContain('**Date:**');
    expect(list).toContain(path.split(/[\\/]/).at(-1) ?? '');
  }
});

test('the page on the protocol lists every request of the server, and whether it needs a session', () => {
  const table = [...read('docs/protocol.md').matchAll(/^\| `([A-Z]+ \/v1\S*)` \| (yes|no) \|/gm)];
  const listed = table.map(([, request = '', session]) => `${request} ${session}`);
  const served = ROUTES.map(
    ({ method, path, session }) => `${method.toUpperCase()} ${path} ${session ? 'yes' : 'no'}`,
  );
  expect(listed.toSorted()).toEqual(served.toSorted());
});

test('the limits on the page on the protocol are those of the server, and none is left out', () => {
  const [, section = ''] = read('docs/protocol.md').split('\n## Limits\n');
  const table = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| (\w[^|]*) \| (.*) \|$/gm)];
  const used = new Set<string>();
  const limit = (name: keyof typeof DEFAULT_LIMITS): number => {
    used.add(name);
    return DEFAULT_LIMITS[name] ?? Number.NaN;
  };
  const count = (name: keyof typeof DEFAULT_LIMITS) => limit(name).toLocaleString('en-GB');
  const kib = (name: keyof typeof DEFAULT_LIMITS) => `${limit(name) / 1024} KiB`;
  const mib = (name: keyof typeof DEFAULT_LIMITS) => `${limit(name) / 1_048_576} MiB`;
  const seconds = (name: keyof typeof DEFAULT_LIMITS) => limit(name) / 1000;
  const minutes = (name: keyof typeof DEFAULT_LIMITS) => seconds(name) / 60;
  const hours = (name: keyof typeof DEFAULT_LIMITS) => minutes(name) / 60;
  expect(Object.fromEntries(table.map(([, what, most]) => [what, most]))).toEqual({
    envelope: kib('envelopeBytes'),
    push: `${count('pushEnvelopes')} envelopes or ${mib('pushBytes')}`,
    account: `${mib('accountBytes')} (none while the server has less than 64 MiB left), ${count('accountStreams')} streams, ${count('activeGrants')} active grants, ${count('devices')} devices`,
    'device log': `${count('deviceLogObjects')} objects; a revocation is taken beyond them`,
    pull: `${mib('pullBytes')} in one answer, everything counted, and ${count('pullSideRows')} log objects, heads, packs or receipts of one read; then \`more\``,
    heads: `the last ${count('headsKept')} of a device, of each grant too`,
    receipts: `${kib('receiptBytes')} each, ${count('receiptsPerMinute')} a minute per device and share; ${mib('grantReceiptBytes')} of a share, ${mib('accountReceiptBytes')} of an account, beside its ${mib('accountBytes')}`,
    requests: `${count('requestsPerMinute')} a minute per device (burst ${count('requestBurst')}), ${count('pushesPerMinute')} pushes a minute; ${count('requestsAtOnce')} at once per device, ${count('requestsAtOncePerAddress')} per address`,
    'recovery wraps': `${count('recoveryReadsPerMinutePerAddress')} reads a minute per address, ${count('recoveryReadsAtOncePerAddress')} at once`,
    'live streams': `${count('liveStreams')} per account`,
    'open registration': `${count('openRegistrationsPerDayPerAddress')} a day per address`,
    letters: `16 KiB; linking ${minutes('linkLetterMs')} minutes, offer ${hours('offerLetterMs') / 24} days; ${count('mailboxes')} per account`,
    rings: `${MOST_RINGS} moments per device`,
    session: `challenge ${seconds('challengeMs')} s; token ${minutes('sessionIdleMs')} minutes idle, ${hours('sessionMostMs')} hours in all; ${count('sessionsPerDevice')} per device, one more closes the oldest`,
    "host's invitation": `${hours('invitationMs')} hours, one use`,
    offers: `an account lets in ${count('offerAdmissions')} others by its offers, in all`,
    server: `${count('accounts')} accounts, or what its host says; no new one while its disk, or what the host allows of it, has less than 64 MiB left`,
  });
  const { grantMostMs, ...bounds } = DEFAULT_LIMITS;
  expect(grantMostMs, 'a share lasts as long as its owner says').toBeNull();
  expect(Object.keys(bounds).filter((name) => !used.has(name))).toEqual([]);
});

test('the defaults of .env.example are those of the server', () => {
  const settings = [...read('.env.example').matchAll(/^# ([A-Z_]+)=(.*)$/gm)].map(
    ([, name = '', value = '']) => [name, value],
  );
  expect(readConfig(Object.fromEntries(settings))).toEqual(readConfig({}));
  expect(settings.map(([name = '']) => name).toSorted()).toEqual(
    Object.keys(settingsSchema.shape).toSorted(),
  );
});

test('each setting of .env.example has an example, which the server takes and which is not its default', () => {
  const page = read('.env.example');
  const names = [...page.matchAll(/^# ([A-Z_]+)=/gm)].map(([, name = '']) => name);
  const examples = [...page.matchAll(/^# (?:e\.g\.|or) +([A-Z_]+)=(.+)$/gm)].map(
    ([, name = '', value = '']) => [name, value],
  );
  expect(new Set(examples.map(([name]) => name))).toEqual(new Set(names));
  for (const [name = '', value = ''] of examples) {
    // These name files of another machine.
    if (name.startsWith('TLS_')) expect(value).toMatch(/^\/.+\.pem$/);
    else expect(readConfig({ [name]: value }), name).not.toEqual(readConfig({}));
  }
});

test('the settings of .env.example are those of the page on self-hosting', () => {
  const example = [...read('.env.example').matchAll(/^# ([A-Z_]+)=/gm)].map(([, name = '']) => name);
  const table = read('docs/self-hosting.md')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([A-Z_]+)`/g)].map(([, name = '']) => name));
  expect(example.toSorted()).toEqual(table.toSorted());
});

test('the licence is the GNU Affero General Public License, version 3, to the letter', () => {
  const hash = createHash('sha256').update(read('LICENSE')).digest('hex');
  expect(hash).toBe('0d96a4ff68ad6d4b6f1f30f713b18d5184912ba8dd389f86aa7710db079abcb0');
});
