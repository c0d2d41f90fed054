/**
 * How hard the interface is to read: the Flesch–Kincaid grade of its English, computed by text-readability-ts. Grade
 * 6 is what a child of eleven reads. A phrase of a few words has no grade worth the name, so single texts count
 * from eight words on; sentences of any length count in the whole of their room.
 */
import { dirname } from 'node:path';
import readability from 'text-readability-ts';
import { expect, test } from 'vitest';
import { asSpoken, readAllMessages } from './all-messages.test-support.ts';

const HARDEST = 6;
const FEWEST_WORDS = 8;
const FEWEST_SENTENCES = 5;

/** Texts by id that have to say something long, such as a name that has no shorter one. */
const exceptions: ReadonlySet<string> = new Set<string>([]);

const all = readAllMessages();

test('what a room says as a whole is easy to read', () => {
  const rooms = Map.groupBy(all, ({ file }) => dirname(file));
  const graded = [...rooms].flatMap(([room, files]) => {
    const said = files
      .flatMap(({ messages }) => messages)
      .map(({ message }) => asSpoken(message))
      .filter((text) => /[.!?]$/.test(text));
    return said.length < FEWEST_SENTENCES
      ? []
      : [{ room, grade: readability.fleschKincaidGrade(said.join(' ')) }];
  });
  expect(graded.length).toBeGreaterThan(10);
  expect(graded.filter(({ grade }) => grade > HARDEST)).toEqual([]);
});

test('each sentence by itself is easy to read, but for a few that are listed', () => {
  const hard = gradedTexts().filter(({ id, grade }) => grade > HARDEST && !exceptions.has(id));
  expect(hard.map(({ id, grade, text }) => `${id} (${grade}): ${text}`)).toEqual([]);
});

test('no exception is listed that is not needed', () => {
  const hard = new Set(gradedTexts().flatMap(({ id, grade }) => (grade > HARDEST ? id : [])));
  expect([...exceptions].filter((id) => !hard.has(id))).toEqual([]);
});

test('a hard sentence is found', () => {
  expect(readability.fleschKincaidGrade('The cat sat on the mat by the door.')).toBeLessThan(HARDEST);
  expect(
    readability.fleschKincaidGrade(
      'Confidentiality notwithstanding, authorised professionals may necessitate access.',
    ),
  ).toBeGreaterThan(HARDEST);
});

function gradedTexts() {
  return all
    .flatMap(({ messages }) => messages)
    .map(({ id, message }) => ({ id, text: asSpoken(message) }))
    .filter(({ text }) => text.split(/\s+/).length >= FEWEST_WORDS)
    .map((one) => ({ ...one, grade: readability.fleschKincaidGrade(one.text) }));
}
