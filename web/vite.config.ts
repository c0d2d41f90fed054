import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';
import about from './package.json' with { type: 'json' };
import { VitePWA } from 'vite-plugin-pwa';
import { buildManifest } from './build/build-manifest.ts';
import { compileMessages } from './build/compile-messages.ts';
import { keepForLater } from './build/keep-for-later.ts';
import { layerOrderFirst } from './build/layer-order.ts';
import { packWords } from './build/pack-words.ts';
import { scriptIntegrity } from './build/script-integrity.ts';
import { webAppManifest } from './build/web-app-manifest.ts';

/** Pieces of the clinician's desk stay out of the person's precache; the worker keeps them after first use. */
const desk = keepForLater({ behind: ['/src/features/desk/', '/src/app/DeskScreen.tsx'] });

/** Libraries that the page and the Worker both use, in chunks that come out the same: each lies on the phone once. */
const sharedChunks = {
  groups: [
    { name: 'noble-hashes', test: /[\\/]@noble[\\/]hashes[\\/]/ },
    { name: 'noble-curves', test: /[\\/]@noble[\\/]curves[\\/]/ },
    { name: 'bip39', test: /[\\/]@scure[\\/](?!.*wordlists)/ },
    { name: 'tweetnacl', test: /[\\/]tweetnacl[\\/]/ },
  ],
};

export default defineConfig({
  define: { 'import.meta.env.VITE_VERSION': JSON.stringify(process.env['VITE_VERSION'] ?? about.version) },
  plugins: [
    react(),
    compileMessages(),
    packWords(),
    desk.plugin,
    layerOrderFirst(),
    scriptIntegrity(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'sw.ts',
      registerType: 'prompt',
      injectRegister: false,
      manifest: webAppManifest,
      includeManifestIcons: false,
      injectManifest: {
        globPatterns: ['**/*.{html,js,css,woff2,svg}'],
        globIgnores: ['**/sw.js', '**/screenshots/**'],
        manifestTransforms: [desk.withoutThem],
        maximumFileSizeToCacheInBytes: 1_500_000,
      },
    }),
    buildManifest(),
  ],
  // RxJS for browsers of today: without it comes the one for those that know no classes.
  resolve: { conditions: ['es2015', ...defaultClientConditions] },
  build: {
    outDir: 'dist',
    target: ['chrome111', 'firefox114', 'safari16.4'],
    cssTarget: ['chrome111', 'firefox114', 'safari16.4'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { output: { codeSplitting: sharedChunks } },
  },
  worker: {
    format: 'es',
    plugins: () => [packWords()],
    rolldownOptions: {
      output: {
        entryFileNames: 'assets/worker-[name]-[hash].js',
        // As the page's chunks are written: a word list that both load is one file then, stored once.
        topLevelVar: true,
        comments: { annotation: false, jsdoc: false, legal: false },
        codeSplitting: sharedChunks,
      },
    },
  },
  server: {
    port: 5173,
    proxy: { '/v1': process.env['API_URL'] ?? 'http://localhost:8787' },
  },
});
