import { unitsOfUse } from '@evenkeel/journal';
import type { DoseAnswer, PartOfDay, SubstanceUse, TrackerAnswer } from '@evenkeel/journal';
import { defineMessages } from '../../i18n/define-messages.ts';
import type { Message } from '../../i18n/define-messages.ts';
import type { Text } from '../../i18n/use-text.ts';
import type { ShownLine } from './shown-line.ts';

const messages = defineMessages('line', {
  minutes: '{m} min',
  hours: '{h} h',
  hoursMinutes: '{h} h {m}',

  slept: 'Slept {length}',
  sleptWell: 'Slept {length}, {well}',
  sleptOnlyWell: 'Slept {well}',
  asleep: 'Asleep at {time}',
  awake: 'Awake at {time}',
  veryBadly: 'very badly',
  badly: 'badly',
  soSo: 'so-so',
  well: 'well',
  veryWell: 'very well',

  energy: 'Energy {n} of 10',
  symptom: '{text}: {severity}',
  symptomPart: '{text}: {severity}, {part}',
  notThere: 'none',
  aLittle: 'mild',
  strong: 'strong',
  veryStrong: 'severe',
  night: 'at night',
  morning: 'in the morning',
  afternoon: 'in the afternoon',
  evening: 'in the evening',
  craving: 'Craving, {text}: {n} of 10',

  use: '{text}: {amount} {unit}',
  useBare: '{text}: {amount}',
  drinks: '{text}: {amount} × {unit}, {units} units',
  drinksBare: '{text}: {units} units',
  spent: '{line}, £{pounds}',
  none: '{text}: none',
  nothing: 'No alcohol or drugs',

  dose: '{what, select, taken {Took {text}} missed {Missed {text}} other {Changed {text}}}',
  withNote: '{line} ({note})',

  scale: '{text}: {value} of {max}',
  answer: '{text}: {value}',
  yes: 'yes',
  no: 'no',
});

/** A length of time: “45 min”, “7 h”, “7 h 20”. */
export function lengthWords(text: Text, minutes: number): string {
  const h = Math.floor(minutes / 60);
  const m = minutes % 60;
  if (h === 0) return text(messages.minutes, { m });
  return m === 0
    ? text(messages.hours, { h })
    : text(messages.hoursMinutes, { h, m: String(m).padStart(2, '0') });
}

/** How well a night was slept, 1–5: “very badly” … “very well”. */
export function sleepQualityWords(quality: number): Message {
  if (quality <= 1) return messages.veryBadly;
  if (quality <= 2) return messages.badly;
  if (quality <= 3) return messages.soSo;
  return quality <= 4 ? messages.well : messages.veryWell;
}

/** How strong a symptom was, 0–3: “none” … “severe”. */
export function severityWords(severity: number): Message {
  if (severity <= 0) return messages.notThere;
  if (severity <= 1) return messages.aLittle;
  return severity <= 2 ? messages.strong : messages.veryStrong;
}

export const partOfDayWords: Readonly<Record<PartOfDay, Message>> = {
  night: messages.night,
  morning: messages.morning,
  afternoon: messages.afternoon,
  evening: messages.evening,
};

/** One line in words: “Slept 7 h 20, well”, “Alcohol: 2 × pint, 4.5 units”, “Took Sertraline 50 mg”. */
export function lineWords(text: Text, line: ShownLine): string {
  switch (line.kind) {
    case 'sleep':
      return sleepWords(text, line);
    case 'energy':
      return text(messages.energy, { n: line.energy });
    case 'symptom': {
      const { text: name, severity, part } = line.symptom;
      const values = { text: name, severity: text(severityWords(severity)) };
      return part === undefined
        ? text(messages.symptom, values)
        : text(messages.symptomPart, { ...values, part: text(partOfDayWords[part]) });
    }
    case 'craving':
      return text(messages.craving, { text: line.craving.text, n: line.craving.strength });
    case 'use':
      return usedWords(text, line.use);
    case 'no-use':
      return line.text === null ? text(messages.nothing) : text(messages.none, { text: line.text });
    case 'dose':
      return doseWords(text, line.dose.text, line.dose.what, line.dose.note);
    case 'tracker':
      return trackerWords(text, line.answer);
  }
}

function sleepWords(text: Text, { sleep, minutes }: Extract<ShownLine, { kind: 'sleep' }>): string {
  const well = sleep.quality === undefined ? null : text(sleepQualityWords(sleep.quality));
  if (minutes !== undefined) {
    const length = lengthWords(text, minutes);
    return well === null ? text(messages.slept, { length }) : text(messages.sleptWell, { length, well });
  }
  return [
    ...(well === null ? [] : [text(messages.sleptOnlyWell, { well })]),
    ...(sleep.asleep === undefined ? [] : [text(messages.asleep, { time: sleep.asleep })]),
    ...(sleep.awake === undefined ? [] : [text(messages.awake, { time: sleep.awake })]),
  ].join(' · ');
}

function usedWords(text: Text, use: SubstanceUse): string {
  const line = amountWords(text, use);
  return use.spent === undefined ? line : text(messages.spent, { line, pounds: poundsOf(use.spent) });
}

/** Pence in pounds, as on a receipt. */
export function poundsOf(pence: number): string {
  return (pence / 100).toFixed(2);
}

function amountWords(text: Text, use: SubstanceUse): string {
  const units = unitsOfUse(use);
  const amount = String(use.amount);
  if (units !== undefined) {
    const values = { text: use.text, amount, unit: use.unit, units: tenths(units) };
    return text(use.unit === '' ? messages.drinksBare : messages.drinks, values);
  }
  return text(use.unit === '' ? messages.useBare : messages.use, { text: use.text, amount, unit: use.unit });
}

function doseWords(text: Text, name: string, what: DoseAnswer, note: string | undefined): string {
  const line = text(messages.dose, { what, text: name });
  return note === undefined ? line : text(messages.withNote, { line, note });
}

function trackerWords(text: Text, { text: name, said }: TrackerAnswer): string {
  switch (said.shape) {
    case 'scale':
      return text(messages.scale, { text: name, value: said.value, max: said.max });
    case 'count':
      return text(said.unit === '' ? messages.answer : messages.use, {
        text: name,
        value: said.value,
        amount: said.value,
        unit: said.unit,
      });
    case 'yes-no':
      return text(messages.answer, { text: name, value: text(said.value ? messages.yes : messages.no) });
    case 'duration':
      return text(messages.answer, { text: name, value: lengthWords(text, said.value) });
    case 'choice':
      return text(messages.answer, { text: name, value: said.value });
  }
}

/** Units are counted to a tenth, as on a bottle. */
function tenths(units: number): string {
  return String(Math.round(units * 10) / 10);
}
