import { defineConfig } from 'vite';
import { scriptIntegrity } from '../../../web/build/script-integrity.ts';

/** As the app's own build, as far as the server's headers ask for it: hashed scripts, one worker folder. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [scriptIntegrity()],
  build: {
    target: ['chrome111', 'firefox114', 'safari16.4'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  worker: {
    format: 'es',
    rolldownOptions: { output: { entryFileNames: 'assets/worker-[name]-[hash].js' } },
  },
});
