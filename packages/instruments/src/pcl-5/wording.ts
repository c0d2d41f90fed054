/** PCL-5, English, past month, without Criterion A. Word for word: changed wording is a new instrument. */
import { type Wording, choiceQuestions } from '../wording.ts';

export const wording: Wording = {
  id: 'pcl-5',
  version: '1.0.0',
  language: 'en',
  title: 'PCL-5',
  name: 'PTSD Checklist for DSM-5',
  recall: 'In the past month, how much were you bothered by',
  groups: [],
  questions: choiceQuestions(
    [
      'Repeated, disturbing, and unwanted memories of the stressful experience?',
      'Repeated, disturbing dreams of the stressful experience?',
      'Suddenly feeling or acting as if the stressful experience were actually happening again (as if you were actually back there reliving it)?',
      'Feeling very upset when something reminded you of the stressful experience?',
      'Having strong physical reactions when something reminded you of the stressful experience (for example, heart pounding, trouble breathing, sweating)?',
      'Avoiding memories, thoughts, or feelings related to the stressful experience?',
      'Avoiding external reminders of the stressful experience (for example, people, places, conversations, activities, objects, or situations)?',
      'Trouble remembering important parts of the stressful experience?',
      'Having strong negative beliefs about yourself, other people, or the world (for example, having thoughts such as: I am bad, there is something seriously wrong with me, no one can be trusted, the world is completely dangerous)?',
      'Blaming yourself or someone else for the stressful experience or what happened after it?',
      'Having strong negative feelings such as fear, horror, anger, guilt, or shame?',
      'Loss of interest in activities that you used to enjoy?',
      'Feeling distant or cut off from other people?',
      'Trouble experiencing positive feelings (for example, being unable to feel happiness or have loving feelings for people close to you)?',
      'Irritable behavior, angry outbursts, or acting aggressively?',
      'Taking too many risks or doing things that could cause you harm?',
      'Being “superalert” or watchful or on guard?',
      'Feeling jumpy or easily startled?',
      'Having difficulty concentrating?',
      'Trouble falling or staying asleep?',
    ],
    [
      { score: 0, label: 'Not at all' },
      { score: 1, label: 'A little bit' },
      { score: 2, label: 'Moderately' },
      { score: 3, label: 'Quite a bit' },
      { score: 4, label: 'Extremely' },
    ],
  ),
  subscales: {
    b: 'Memories and dreams',
    c: 'Keeping away from reminders',
    d: 'Thoughts and mood',
    e: 'Being on edge',
  },
  licence: {
    owner: 'Created by staff at the National Center for PTSD, U.S. Department of Veterans Affairs.',
    terms: 'In the public domain and not copyrighted.',
  },
};
