/** The sync server: counts, stores, forwards and forgets. Cannot open anything. */
export { type App, type AppConfig, type AppOptions, ROUTES, createApp } from './app.ts';
export { type RunningServer, type ServerOptions, makeInvitation, startServer } from './start-server.ts';
export { type SqliteStore, openSqliteStore } from './store/sqlite/open.ts';
export type { Store } from './store/store.ts';
