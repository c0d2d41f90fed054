/** PCL-5: twenty items of 0–4, a sum of 0–80, four clusters. Sources are in SOURCE.md. */
import { type Scale, choiceItems } from '../scale.ts';

const BOVIN_2016 = 'Bovin et al. 2016, doi:10.1037/pas0000254';

export const pcl5: Scale = {
  id: 'pcl-5',
  version: '1.0.0',
  title: 'PCL-5',
  items: choiceItems(20, [0, 1, 2, 3, 4]),
  total: { min: 0, max: 80 },
  /** The source names a cut-point between 31 and 33, and no degrees of severity. */
  bands: [
    { min: 0, max: 30, label: 'below the cut-point', source: BOVIN_2016 },
    { min: 31, max: 33, label: 'around the cut-point', source: BOVIN_2016 },
    { min: 34, max: 80, label: 'above the cut-point', source: BOVIN_2016 },
  ],
  cutOffs: [{ from: 31, source: BOVIN_2016 }],
  subscales: [
    { id: 'b', items: itemsFrom(1, 5), max: 20 },
    { id: 'c', items: itemsFrom(6, 7), max: 8 },
    { id: 'd', items: itemsFrom(8, 14), max: 28 },
    { id: 'e', items: itemsFrom(15, 20), max: 24 },
  ],
  riskItems: [],
  reliableChange: { points: 15, source: 'Marx et al. 2022, doi:10.1037/pas0001098' },
};

function itemsFrom(first: number, last: number): readonly string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => `q${first + index}`);
}
