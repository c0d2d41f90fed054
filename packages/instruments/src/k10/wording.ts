/** K10, English, past four weeks. Word for word: changed wording is a new instrument. */
import { type Wording, choiceQuestions } from '../wording.ts';

export const wording: Wording = {
  id: 'k10',
  version: '1.0.0',
  language: 'en',
  title: 'K10',
  name: 'Kessler Psychological Distress Scale, ten items',
  recall: 'In the past 4 weeks, about how often did you feel',
  groups: [],
  questions: choiceQuestions(
    [
      'tired out for no good reason?',
      'nervous?',
      'so nervous that nothing could calm you down?',
      'hopeless?',
      'restless or fidgety?',
      'so restless you could not sit still?',
      'depressed?',
      'that everything was an effort?',
      'so sad that nothing could cheer you up?',
      'worthless?',
    ],
    [
      { score: 1, label: 'None of the time' },
      { score: 2, label: 'A little of the time' },
      { score: 3, label: 'Some of the time' },
      { score: 4, label: 'Most of the time' },
      { score: 5, label: 'All of the time' },
    ],
  ),
  subscales: {},
  licence: {
    owner:
      '© Ronald C. Kessler, all rights reserved. Kessler et al. 2002, Psychological Medicine 32, 959–976, doi:10.1017/S0033291702006074.',
    terms: 'Available for unrestricted use, with the copyright and the citation.',
    notice: true,
    commercial: 'given',
    derivatives: 'given',
    source: 'NSW Health',
  },
};
