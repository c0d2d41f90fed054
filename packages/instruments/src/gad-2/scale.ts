/** GAD-2: the first two items of the GAD-7, a sum of 0–6. Sources are in SOURCE.md. */
import { type Scale, choiceItems } from '../scale.ts';

const KROENKE_2007 =
  'Kroenke, Spitzer, Williams, Monahan & Löwe 2007, doi:10.7326/0003-4819-146-5-200703060-00004';

export const gad2: Scale = {
  id: 'gad-2',
  version: '1.0.0',
  title: 'GAD-2',
  items: choiceItems(2, [0, 1, 2, 3]),
  total: { min: 0, max: 6 },
  bands: [
    { min: 0, max: 2, label: 'below the point for asking more', source: KROENKE_2007 },
    { min: 3, max: 6, label: 'at or above the point for asking more', source: KROENKE_2007 },
  ],
  cutOffs: [{ from: 3, source: KROENKE_2007 }],
  subscales: [],
  riskItems: [],
};
