/** K10: ten items of 1–5, a sum of 10–50. Sources are in SOURCE.md. */
import { type Scale, choiceItems } from '../scale.ts';

const VICTORIA_2001 =
  'Victorian Population Health Survey 2001, as set out in Australian Bureau of Statistics 4817.0.55.001';

export const k10: Scale = {
  id: 'k10',
  version: '1.0.0',
  title: 'K10',
  items: choiceItems(10, [1, 2, 3, 4, 5]),
  total: { min: 10, max: 50 },
  bands: [
    { min: 10, max: 19, label: 'low', source: VICTORIA_2001 },
    { min: 20, max: 24, label: 'mild', source: VICTORIA_2001 },
    { min: 25, max: 29, label: 'moderate', source: VICTORIA_2001 },
    { min: 30, max: 50, label: 'severe', source: VICTORIA_2001 },
  ],
  cutOffs: [],
  subscales: [],
  riskItems: [],
};
