import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';
import about from './package.json' with { type: 'json' };
import { VitePWA } from 'vite-plugin-pwa';
import { buildManifest } from './build/build-manifest.ts';
import { compileMessages } from './build/compile-messages.ts';
import { groupChunks } from './build/group-chunks.ts';
import { keepForLater } from './build/keep-for-later.ts';
import { leaveOut } from './build/leave-out.ts';
import { layerOrderFirst } from './build/layer-order.ts';
import { packWords } from './build/pack-words.ts';
import { scriptIntegrity } from './build/script-integrity.ts';
import { plainManifestFile, webAppManifest } from './build/web-app-manifest.ts';
import { workerWithPage } from './build/worker-with-page.ts';

const behindTheDesk = ['/src/features/desk/', '/src/app/DeskScreen.tsx'];

/** Pieces of the clinician's desk stay out of the person's precache; the worker keeps them after first use. */
const desk = keepForLater({ behind: behindTheDesk });

/**
 * RxDB is opened without its event reduction, which it then never asks; of its query engine it asks whether a record
 * matches, and never for a list; and every browser we build for has the BroadcastChannel whose stand-ins these are.
 */
const never = [
  { from: /^event-reduce-js$/, names: ['calculateActionName', 'runAction'] },
  { from: /^mingo\/operators\/pipeline$/, names: ['$project', '$sort'] },
  { from: /^\.\/cursor$/, names: ['Cursor'] },
  { from: /\/methods\/indexed-db\.js$/, names: ['IndexedDBMethod'] },
  { from: /\/methods\/localstorage\.js$/, names: ['LocalstorageMethod'] },
  { from: /\/methods\/simulate\.js$/, names: ['SimulateMethod'] },
];

const sources = () => [
  leaveOut(never),
  react(),
  compileMessages({ marked: process.env['MARK_TEXTS'] === 'yes' }),
  packWords(),
  workerWithPage(),
];

/** What is loaded together, in the order in which a phone comes to need it. Every screen comes after these. */
const layers = [
  { name: 'keys', doors: [/\.worker\.ts$/] },
  { name: 'start', doors: [/\/index\.html$/, /\/WelcomePage\.tsx$/, /\/HelpNowPage\.tsx$/] },
  { name: 'check-in', doors: [/\/QuickEntryPage\.tsx$/] },
  { name: 'device', doors: [/\/device-store\.ts$/, /\/leave-note\.ts$/] },
  {
    name: 'diary',
    doors: [
      /\/enter-diary\.ts$/,
      /\/keep-shares-supplied\.ts$/,
      /\/kit-fact\.ts$/,
      /\/DiaryScreens\.tsx$/,
      /\/check-in\/\w+\.tsx$/,
      /\/Due\w+\.tsx$/,
      /\/LockedNotesNotice\.tsx$/,
      /\/AnswersPart\.tsx$/,
    ],
  },
  { name: 'store', doors: [/\/envelopes\.ts$/, /\/replica\/src\/link\.ts$/] },
  { name: 'wordings', doors: [/\/wording\.ts$/] },
  { name: 'kit-words', doors: [/\/bip39\//] },
];

export default defineConfig({
  define: { 'import.meta.env.VITE_VERSION': JSON.stringify(process.env['VITE_VERSION'] ?? about.version) },
  plugins: [
    ...sources(),
    groupChunks({ layers, apart: [...behindTheDesk, '/shared-link.ts'], plugins: sources }),
    desk.plugin,
    layerOrderFirst(),
    scriptIntegrity(),
    plainManifestFile(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'sw.ts',
      registerType: 'prompt',
      injectRegister: false,
      manifest: webAppManifest,
      includeManifestIcons: false,
      injectManifest: {
        globPatterns: ['**/*.{html,js,css,woff2,svg}', '{plain.webmanifest,icons/plain-*.png}'],
        globIgnores: ['**/sw.js', '**/screenshots/**'],
        manifestTransforms: [desk.withoutThem],
        maximumFileSizeToCacheInBytes: 1_500_000,
      },
    }),
    buildManifest(),
  ],
  // RxJS and Dexie as they are written for browsers of today: those that are taken otherwise avoid classes and await.
  resolve: {
    conditions: ['es2015', ...defaultClientConditions],
    alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.min.mjs' }],
  },
  build: {
    outDir: 'dist',
    target: ['chrome111', 'firefox114', 'safari16.4'],
    cssTarget: ['chrome111', 'firefox114', 'safari16.4'],
    assetsInlineLimit: 0,
    // The page names what it needs first. What is fetched later names nothing ahead: a Worker, which shares it, has
    // no document to name it in, and after the first visit it all lies in the precache.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_file, files, { hostType }) => (hostType === 'html' ? files : []),
    },
    reportCompressedSize: false,
    // One sheet: in thirty pieces it weighs nearly twice as much.
    cssCodeSplit: false,
  },
  server: {
    port: 5173,
    proxy: { '/v1': process.env['API_URL'] ?? 'http://localhost:8787' },
  },
});
