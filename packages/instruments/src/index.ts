/** Questionnaires with licence facts, and their scoring. */
export * from './catalogue.ts';
export * from './pcl-5/pattern.ts';
export * from './scale.ts';
export * from './score.ts';
export type * from './wording.ts';
