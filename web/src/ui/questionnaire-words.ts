/** An answered questionnaire in a few words: the same for the person who answered and for whoever it is shared with. */
import { bandOf, isInstrumentId, itemsToNotice, scaleOf } from '@evenkeel/instruments';
import type { Scale } from '@evenkeel/instruments';
import type { Questionnaire } from '@evenkeel/journal';
import { defineMessages } from '../i18n/define-messages.ts';
import type { Text } from '../i18n/use-text.ts';

const messages = defineMessages('questionnaire-words', {
  scored: '{title}: {total} of {max}',
  range: 'screening range: {label}',
  noScore: 'no score',
  notice: 'Item to notice: item {item}, answered {answer} of {most}',
});

/** “PHQ-9: 12 of 27”; the name alone where there is no total. */
export function questionnaireTitle(text: Text, said: Questionnaire): string {
  const scale = knownScale(said);
  if (scale === undefined) return said.instrument.toUpperCase();
  if (said.total === null || scale.total === null) return scale.title;
  return text(messages.scored, { title: scale.title, total: said.total, max: scale.total.max });
}

/** “screening range: moderate”; empty where there is none. */
export function questionnaireDetail(text: Text, said: Questionnaire): string {
  const scale = knownScale(said);
  if (scale === undefined || scale.total === null) return '';
  if (said.total === null) return text(messages.noScore);
  const band = bandOf(scale, said.total);
  return band === undefined ? '' : text(messages.range, { label: band.label });
}

/** Items that are worth a calm look, for whoever reads the answers with the person. */
export function questionnaireNotices(text: Text, said: Questionnaire): readonly string[] {
  const scale = knownScale(said);
  if (scale === undefined) return [];
  return itemsToNotice(scale, said.answers).map(({ item }) =>
    text(messages.notice, {
      item: item.replace(/^q/, ''),
      answer: said.answers[item] ?? '',
      most: mostOf(scale, item),
    }),
  );
}

/** Undefined for an instrument, or a version of one, that this app does not have: then nothing is made of it. */
function knownScale({ instrument, version }: Questionnaire): Scale | undefined {
  if (!isInstrumentId(instrument)) return undefined;
  const scale = scaleOf(instrument);
  return scale.version === version ? scale : undefined;
}

function mostOf(scale: Scale, id: string): number {
  const item = scale.items.find((one) => one.id === id);
  return item?.kind === 'choice' ? Math.max(...item.scores) : 0;
}
