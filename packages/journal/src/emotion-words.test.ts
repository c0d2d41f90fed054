import { expect, test } from 'vitest';
import { EMOTION_WORDS, emotionWordById, searchWords, wordsNear } from './emotion-words.ts';

/** HKStateOfMind.h, in its order. */
const STATE_OF_MIND_LABELS =
  'amazed amused angry anxious ashamed brave calm content disappointed discouraged disgusted embarrassed excited frustrated grateful guilty happy hopeless irritated jealous joyful lonely passionate peaceful proud relieved sad scared stressed surprised worried annoyed confident drained hopeful indifferent overwhelmed satisfied'.split(
    ' ',
  );

test('about 120 words, each with an id of its own, a label and a place on the grid', () => {
  expect(EMOTION_WORDS.length).toBeGreaterThanOrEqual(115);
  expect(EMOTION_WORDS.length).toBeLessThanOrEqual(130);
  expect(new Set(EMOTION_WORDS.map((word) => word.id)).size).toBe(EMOTION_WORDS.length);
  expect(new Set(EMOTION_WORDS.map((word) => word.label)).size).toBe(EMOTION_WORDS.length);
  for (const word of EMOTION_WORDS) {
    expect(word.id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(Math.abs(word.valence)).toBeLessThanOrEqual(1);
    expect(Math.abs(word.arousal)).toBeLessThanOrEqual(1);
    expect(emotionWordById(word.id)).toBe(word);
  }
});

test('all 38 State of Mind labels are among them, once each', () => {
  expect(STATE_OF_MIND_LABELS).toHaveLength(38);
  const labels = EMOTION_WORDS.flatMap((word) => word.stateOfMind ?? []);
  expect(labels.toSorted()).toEqual(STATE_OF_MIND_LABELS.toSorted());
});

test('every quarter of the sea has at least 25 words, and no point is far from one', () => {
  const inQuarter = (across: number, up: number) =>
    EMOTION_WORDS.filter((word) => Math.sign(word.valence) === across && Math.sign(word.arousal) === up)
      .length;
  for (const across of [-1, 1])
    for (const up of [-1, 1]) expect(inQuarter(across, up)).toBeGreaterThanOrEqual(25);
  for (let valence = -0.8; valence <= 0.8; valence += 0.1) {
    for (let arousal = -0.8; arousal <= 0.8; arousal += 0.1) {
      const [nearest] = wordsNear({ valence, arousal }, 1);
      const distance = Math.hypot(valence - (nearest?.valence ?? 9), arousal - (nearest?.arousal ?? 9));
      expect(distance, `${valence.toFixed(1)}, ${arousal.toFixed(1)}`).toBeLessThan(0.45);
    }
  }
});

test('the words offered near a point mean what the point means', () => {
  const near = (valence: number, arousal: number) =>
    wordsNear({ valence, arousal }, 6).map((word) => word.id);
  expect(near(0.9, 0.7)).toContain('joyful');
  expect(near(0.6, -0.6)).toContain('peaceful');
  expect(near(-0.6, 0.6)).toContain('anxious');
  expect(near(-0.7, -0.45)).toContain('sad');
  expect(wordsNear({ valence: 0.5, arousal: -0.6 }, 1)[0]?.id).toBe('calm');
});

test('a point without an energy finds words by pleasantness alone', () => {
  for (const word of wordsNear({ valence: -0.9 }, 5)) expect(word.valence).toBeLessThan(-0.8);
});

test('words are found by any part, whatever the capitals and accents, beginnings first', () => {
  expect(searchWords('CAL').map((word) => word.id)).toEqual(['calm']);
  expect(searchWords('hope').map((word) => word.id)).toEqual(['hopeful', 'hopeless']);
  expect(searchWords('on')[0]?.id).toBe('on-edge');
  expect(searchWords('cálm').map((word) => word.id)).toEqual(['calm']);
  expect(searchWords('  ')).toEqual([]);
  expect(searchWords('spokojny', (word) => (word.id === 'calm' ? 'spokojny' : word.label))).toHaveLength(1);
});
