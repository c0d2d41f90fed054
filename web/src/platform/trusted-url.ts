/**
 * The only addresses a worker may come from: our service worker, and the built workers (see `worker` in
 * vite.config.ts). Under `require-trusted-types-for 'script'` the browser asks this policy each time.
 */
export function isWorkerPath(path: string): boolean {
  return path === '/sw.js' || /^\/assets\/worker-[\w.-]+\.js$/.test(path);
}

export class ForeignScriptError extends Error {
  override readonly name = 'ForeignScriptError';
  readonly code = 'foreign-script';
}

type UrlPolicy = { createScriptURL(url: string): unknown };
type PolicyFactory = {
  createPolicy(
    name: 'ek-url',
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): string };
};

declare global {
  interface Window {
    /** Typed to hand back a string, which is how the DOM's own types take script addresses. */
    readonly trustedTypes?: PolicyFactory;
  }
}

const rules = {
  createScriptURL(url: string): string {
    const { origin, pathname } = new URL(url, window.location.href);
    const ours = origin === window.location.origin && (import.meta.env.DEV || isWorkerPath(pathname));
    if (!ours)
      throw new ForeignScriptError('A script was asked for from an address that is not one of our workers.');
    return url;
  },
} satisfies UrlPolicy;

const policy = window.trustedTypes?.createPolicy('ek-url', rules) ?? rules;

/** Gives the address of one of our workers in the form `new Worker()` and `register()` accept; throws for any other. */
export function trustedWorkerUrl(url: string): string {
  return policy.createScriptURL(url);
}
