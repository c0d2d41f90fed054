import type { Plugin } from 'vite';

const WORKER = /\.worker\.ts\?worker&url$/;
const PREFIX = '\0evenkeel:worker:';

/**
 * Builds a Worker as one more entry of the page's build, so that what both use lies on the phone once. Vite's own
 * `?worker&url`, which still serves it in development, builds it apart, with copies of its own.
 */
export function workerWithPage(): Plugin {
  return {
    name: 'evenkeel:worker-with-page',
    apply: 'build',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!WORKER.test(source)) return null;
      const found = await this.resolve(source.replace(/\?.*$/, ''), importer);
      return found === null ? null : PREFIX + found.id;
    },
    load(id) {
      if (!id.startsWith(PREFIX)) return null;
      const chunk = this.emitFile({ type: 'chunk', id: id.slice(PREFIX.length), name: 'worker-vault' });
      return `export default import.meta.ROLLUP_FILE_URL_${chunk};`;
    },
  };
}
