import { expect, test } from 'vitest';
import { ATTACKS } from './attacks/attacks.ts';
import { JOURNEYS } from './journeys/journeys.ts';

test('the list of lies is as long as we say', () => {
  expect(ATTACKS.length).toBeGreaterThanOrEqual(90);
  expect(new Set(ATTACKS.map(({ name }) => name)).size).toBe(ATTACKS.length);
});

for (const [name, open] of Object.entries(JOURNEYS)) {
  test(`without a lie, "${name}" goes as it should`, async () => {
    await using journey = await open();
    expect(await journey.act()).toEqual([]);
    expect(journey.world.evil.delivered()).toEqual({ replies: 0, bytes: 0 });
    expect(await journey.heal()).toEqual([]);
  });
}

for (const { name, journey: journeyName, apply, expects } of ATTACKS) {
  test(`a server that ${name} (${journeyName}) is met with "${expects}"`, async () => {
    await using journey = await JOURNEYS[journeyName]();
    const { evil } = journey.world;
    evil.attack(apply(journey.scene));
    const noticed = await journey.act();
    expect(evil.delivered().replies, 'the lie was told').toBeGreaterThan(0);
    expect(evil.delivered().bytes, 'bytes differed').toBeGreaterThan(0);
    if (expects === 'harmless') expect(noticed).toEqual([]);
    else expect(noticed).toContain(expects);
    await evil.behave();
    expect((await journey.heal()).join('; '), 'an honest exchange heals').toBe('');
  });
}
