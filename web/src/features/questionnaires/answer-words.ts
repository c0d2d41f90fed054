import type { Answers, Question } from '@evenkeel/instruments';
import type { Text } from '../../i18n/use-text.ts';
import { messages } from './messages.ts';

/** What was answered to one question, in the words of the form. */
export function answerWords(text: Text, question: Question, answers: Answers): string {
  const answer = Object.hasOwn(answers, question.id) ? answers[question.id] : undefined;
  if (answer === undefined) return text(messages.notAnswered);
  if (answer === null) return text(messages.ratherNotSay);
  switch (question.kind) {
    case 'choice':
      return question.options.find(({ score }) => score === answer)?.label ?? String(answer);
    case 'number':
      return question.unit === undefined ? String(answer) : `${answer} ${question.unit}`;
    case 'text':
      return String(answer);
  }
}
