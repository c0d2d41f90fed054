/** PHQ-9: nine items of 0–3, a sum of 0–27. Sources are in SOURCE.md. */
import { type Scale, choiceItems } from '../scale.ts';

const KROENKE_2001 = 'Kroenke, Spitzer & Williams 2001, doi:10.1046/j.1525-1497.2001.016009606.x';

export const phq9: Scale = {
  id: 'phq-9',
  version: '1.0.0',
  title: 'PHQ-9',
  items: choiceItems(9, [0, 1, 2, 3]),
  total: { min: 0, max: 27 },
  bands: [
    { min: 0, max: 4, label: 'minimal', source: KROENKE_2001 },
    { min: 5, max: 9, label: 'mild', source: KROENKE_2001 },
    { min: 10, max: 14, label: 'moderate', source: KROENKE_2001 },
    { min: 15, max: 19, label: 'moderately severe', source: KROENKE_2001 },
    { min: 20, max: 27, label: 'severe', source: KROENKE_2001 },
  ],
  cutOffs: [{ from: 10, source: KROENKE_2001 }],
  subscales: [],
  /** Thoughts of being better off dead, or of hurting oneself: noticed at any answer but "not at all". */
  riskItems: [{ item: 'q9', from: 1 }],
  reliableChange: {
    points: 6,
    source: 'Gyani, Shafran, Layard & Clark 2013, doi:10.1016/j.brat.2013.06.004',
  },
};
