import type { TrackerForm, TrackerShape } from '@evenkeel/journal';

/** What stands in the fields of a tracker, whatever its shape. */
export type FormDraft = {
  readonly shape: TrackerShape;
  readonly min: string;
  readonly max: string;
  readonly unit: string;
  /** One to a line. */
  readonly choices: string;
};

export const newFormDraft: FormDraft = { shape: 'scale', min: '0', max: '10', unit: '', choices: '' };

export function draftOfForm(form: TrackerForm): FormDraft {
  return {
    shape: form.shape,
    min: form.shape === 'scale' ? String(form.min) : newFormDraft.min,
    max: form.shape === 'scale' ? String(form.max) : newFormDraft.max,
    unit: form.shape === 'count' ? form.unit : '',
    choices: form.shape === 'choice' ? form.choices.join('\n') : '',
  };
}

/** The form that was asked for. Whether it can be used (an empty number is none) is told when it is kept. */
export function formOf({ shape, min, max, unit, choices }: FormDraft): TrackerForm {
  switch (shape) {
    case 'scale':
      return { shape, min: numberOf(min), max: numberOf(max) };
    case 'count':
      return { shape, unit };
    case 'choice':
      return { shape, choices: [...new Set(choices.split('\n').map((line) => line.trim()))].filter(Boolean) };
    case 'yes-no':
    case 'duration':
      return { shape };
  }
}

function numberOf(typed: string): number {
  return typed.trim() === '' ? Number.NaN : Number(typed);
}
