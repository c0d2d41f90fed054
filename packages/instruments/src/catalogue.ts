/** Every questionnaire we may carry. Scales are here at once, wordings when asked for. */
import { gad2 } from './gad-2/scale.ts';
import { gad7 } from './gad-7/scale.ts';
import { k10 } from './k10/scale.ts';
import { pcl5 } from './pcl-5/scale.ts';
import { phq2 } from './phq-2/scale.ts';
import { phq9 } from './phq-9/scale.ts';
import type { InstrumentId, Scale } from './scale.ts';
import { INSTRUMENT_IDS } from './scale.ts';
import { top } from './top/scale.ts';
import type { Wording } from './wording.ts';

const SCALES = {
  'phq-9': phq9,
  'gad-7': gad7,
  'phq-2': phq2,
  'gad-2': gad2,
  'pcl-5': pcl5,
  k10,
  top,
} satisfies Record<InstrumentId, Scale>;

export function isInstrumentId(text: string): text is InstrumentId {
  return INSTRUMENT_IDS.some((id) => id === text);
}

export function scaleOf(id: InstrumentId): Scale {
  return SCALES[id];
}

export async function loadWording(id: InstrumentId): Promise<Wording> {
  switch (id) {
    case 'phq-9':
      return (await import('./phq-9/wording.ts')).wording;
    case 'gad-7':
      return (await import('./gad-7/wording.ts')).wording;
    case 'phq-2':
      return (await import('./phq-2/wording.ts')).wording;
    case 'gad-2':
      return (await import('./gad-2/wording.ts')).wording;
    case 'pcl-5':
      return (await import('./pcl-5/wording.ts')).wording;
    case 'k10':
      return (await import('./k10/wording.ts')).wording;
    case 'top':
      return (await import('./top/wording.ts')).wording;
  }
}
