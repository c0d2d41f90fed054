import type { InstrumentId } from '@evenkeel/instruments';
import { defineMessages } from '../../i18n/define-messages.ts';
import type { Message } from '../../i18n/define-messages.ts';

export const messages = defineMessages('questionnaires', {
  // the list
  title: 'Questionnaires',
  lead: 'Short forms that clinics use too. Answer one when you like. Nothing here is a test you can fail.',
  count:
    '{n, plural, one {# question} other {# questions}}, about {minutes, plural, one {# minute} other {# minutes}}',
  listDetail: '{asks}. {count}. {licence}.',
  due: 'due',
  begun: 'begun',

  // one of them
  about: '{asks}. {count}.',
  begin: 'Begin',
  goOn: 'Go on',
  startOver: 'Start over',
  howOften: 'How often to ask me',
  howOftenMore: 'When its day comes, one line stands on Today. Nothing else happens.',
  off: 'Do not ask',
  every7: 'Every week',
  every14: 'Every two weeks',
  every28: 'Every four weeks',
  next: 'Next: {day}',
  from: 'Where it comes from',
  fromRange: 'Ranges: {source}.',
  fromChange: 'Change: {source}.',
  saved: 'Saved {where}.',

  // answering
  step: '{title} · {n} of {of}',
  progress: 'Question {n} of {of}',
  ratherNotSay: 'Rather not say',
  nextStep: 'Next',
  scoredHere:
    '{device, select, phone {Scored on this phone} other {Scored on this computer}}. A screening range, not a diagnosis.',
  keptHere: '{device, select, phone {Kept on this phone} other {Kept on this computer}}. There is no score.',
  notAnswered: 'not answered',
  outOf: '{n} of {of}',
  numberRange: 'A number from 0 to {most}.',
  wholeRange: 'A whole number from 0 to {most}.',

  // the help card
  cardTitle: 'Thank you for saying that.',
  cardKept: 'Your answer is kept, like all the others.',
  cardUntold: 'Nobody is told. Nobody is watching.',
  cardShared: 'If you share these forms with somebody, they can read this answer too when they next look.',
  cardPlan: 'From your plan',
  cardHelp: 'If it is hard to be safe right now, “Help now” has people you can reach.',
  cardGoOn: 'Go on with the questions',
  cardReview: 'Go on to your answers',
  helpNow: 'Help now',

  // the review
  review: 'Your answers',
  reviewMore: 'Touch one to change it. Nothing is saved yet.',
  save: 'Save',
  willScore: 'All questions are answered, so it can be scored.',
  willNotScore:
    '{n, plural, one {One question is left open.} other {# questions are left open.}} {title} has a score only when all are answered. You can save it all the same.',
  problemNoRoom:
    'This device is full, so it was not saved. Your answers stay here while this page is open. Free some space, then press Save again.',
  draftNotKept:
    'This device is full. Your answers stay here only while this page is open. Free some space before you go on.',
  problemOther: 'That could not be saved. Your answers are kept here.',

  // the result
  result: 'Your last answers',
  total: '{total} of {max}',
  range: 'The screening range for this is called “{label}” ({min} to {max}).',
  notDiagnosis: 'It is a screening range, not a diagnosis. Higher means more of what it asks about.',
  noTotal: 'One or more questions were left open, so there is no score.',
  noSum: 'This form has no score. Each part stands for itself.',
  before: 'The time before, {day}, it was {total}.',
  sameAsBefore: 'The time before, {day}, it was {total} too.',
  lower: 'That is {points} lower. A change of {rule} or more is called reliable.',
  higher: 'That is {points} higher. A change of {rule} or more is called reliable.',
  unclear: 'A change of less than {rule} can be chance.',
  pattern: 'Your answers fit the pattern that leads clinics to ask more. Only a talk can tell what it means.',
  noPattern: 'Your answers do not fit the pattern that leads clinics to ask more.',
  parts: 'Parts',
  daysOf: '{n, plural, one {# day} other {# days}} of 28',
  eachAnswer: 'See each answer',

  // in an entry
  given: 'Each answer',
  changeAnswers: 'Change answers',
  unknownForm: 'A newer version of this app can show each answer. All of them are kept.',

  // on Today
  isDue: '{title} is due',
  isDueMore: 'every {n} days',
  leaveOut: 'Not this time',
});

/** What each asks about, in our words; how long it takes; whose it is, in a few words. */
export const abouts = {
  'phq-9': {
    ...defineMessages('questionnaires.phq-9', {
      asks: 'Low mood and what comes with it',
      licence: 'Free for all to use',
    }),
    minutes: 2,
  },
  'gad-7': {
    ...defineMessages('questionnaires.gad-7', {
      asks: 'Worry and feeling on edge',
      licence: 'Free for all to use',
    }),
    minutes: 2,
  },
  'phq-2': {
    ...defineMessages('questionnaires.phq-2', {
      asks: 'Low mood, very short',
      licence: 'Free for all to use',
    }),
    minutes: 1,
  },
  'gad-2': {
    ...defineMessages('questionnaires.gad-2', { asks: 'Worry, very short', licence: 'Free for all to use' }),
    minutes: 1,
  },
  'pcl-5': {
    ...defineMessages('questionnaires.pcl-5', {
      asks: 'What can stay after a very bad experience. Keep the worst one in mind',
      licence: 'Free for all to use',
    }),
    minutes: 5,
  },
  k10: {
    ...defineMessages('questionnaires.k10', {
      asks: 'How hard the past four weeks were',
      licence: 'Free to use, © Ronald C. Kessler',
    }),
    minutes: 3,
  },
  top: {
    ...defineMessages('questionnaires.top', {
      asks: 'Alcohol, drugs, health and daily life in the past four weeks',
      licence: 'Open Government Licence',
    }),
    minutes: 8,
  },
} satisfies Record<
  InstrumentId,
  { readonly asks: Message; readonly licence: Message; readonly minutes: number }
>;
