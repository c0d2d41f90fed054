/** P8: what a phone has to load. Counted on the built app. */
import { measureBundle } from '../../bundle.ts';
import type { Room } from '../bench.ts';
import { valueRow } from '../row.ts';

export const sizes: Room = {
  ids: ['P8'],
  async run({ appDir }) {
    const found = await measureBundle(await appDir());
    const [largest = ['none', 0] as const] = Object.entries(found.routes).toSorted(([, a], [, b]) => b - a);
    const said = { id: 'P8', unit: 'kB' };
    return [
      valueRow(
        { ...said, what: 'scripts of the first usable screen, gzip', aim: { atMost: 160 } },
        found.firstScreen / 1000,
      ),
      valueRow(
        { ...said, what: 'all scripts of the person’s face, gzip', aim: { atMost: 330 } },
        found.allOfThePerson / 1000,
      ),
      valueRow({ ...said, what: 'styles, gzip', aim: { atMost: 20 } }, found.styles / 1000),
      valueRow(
        {
          ...said,
          what: `largest lazy screen, gzip (${largest[0].replace(/^assets\//, '').replace(/-[\w-]+\.js$/, '')})`,
          aim: { atMost: 60 },
        },
        largest[1] / 1000,
      ),
      valueRow({ ...said, what: 'precache, raw', aim: { atMost: 1800 } }, found.precache / 1000),
    ];
  },
};
