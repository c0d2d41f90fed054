/** Arriving and leaving: importers and exports. */
export * from './daylio-csv.ts';
export * from './export-json.ts';
export * from './import-plan.ts';
export * from './note-text.ts';
export * from './reminder-calendar.ts';
