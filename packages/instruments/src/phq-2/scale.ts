/** PHQ-2: the first two items of the PHQ-9, a sum of 0–6. Sources are in SOURCE.md. */
import { type Scale, choiceItems } from '../scale.ts';

const KROENKE_2003 = 'Kroenke, Spitzer & Williams 2003, doi:10.1097/01.MLR.0000093487.78664.3C';

export const phq2: Scale = {
  id: 'phq-2',
  version: '1.0.0',
  title: 'PHQ-2',
  items: choiceItems(2, [0, 1, 2, 3]),
  total: { min: 0, max: 6 },
  bands: [
    { min: 0, max: 2, label: 'below the point for asking more', source: KROENKE_2003 },
    { min: 3, max: 6, label: 'at or above the point for asking more', source: KROENKE_2003 },
  ],
  cutOffs: [{ from: 3, source: KROENKE_2003 }],
  subscales: [],
  riskItems: [],
};
