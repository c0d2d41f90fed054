/** GAD-7: seven items of 0–3, a sum of 0–21. Sources are in SOURCE.md. */
import { type Scale, choiceItems } from '../scale.ts';

const SPITZER_2006 = 'Spitzer, Kroenke, Williams & Löwe 2006, doi:10.1001/archinte.166.10.1092';

export const gad7: Scale = {
  id: 'gad-7',
  version: '1.0.0',
  title: 'GAD-7',
  items: choiceItems(7, [0, 1, 2, 3]),
  total: { min: 0, max: 21 },
  bands: [
    { min: 0, max: 4, label: 'minimal', source: SPITZER_2006 },
    { min: 5, max: 9, label: 'mild', source: SPITZER_2006 },
    { min: 10, max: 14, label: 'moderate', source: SPITZER_2006 },
    { min: 15, max: 21, label: 'severe', source: SPITZER_2006 },
  ],
  cutOffs: [{ from: 10, source: SPITZER_2006 }],
  subscales: [],
  riskItems: [],
  reliableChange: {
    points: 4,
    source: 'Gyani, Shafran, Layard & Clark 2013, doi:10.1016/j.brat.2013.06.004',
  },
};
