/**
 * Listens to everything a browser complains about: console errors, faults nobody caught, broken content security
 * and trusted types, in pages and in workers. A test that ends with a complaint it did not foresee has failed.
 */
import type { BrowserContext, ConsoleMessage, Page } from '@playwright/test';

export type Watch = {
  /** Every page and worker of this context from now on. Call it before the first page is opened. */
  readonly follow: (context: BrowserContext) => Promise<void>;
  /** This complaint belongs to the journey. */
  readonly foresee: (complaint: RegExp) => void;
  /** What was not foreseen, in order. */
  readonly complaints: () => readonly string[];
};

/** What Chromium says of each request while the server is stopped or the network is off. */
export const serverIsAway =
  /net::ERR_(CONNECTION_REFUSED|SOCKET_NOT_CONNECTED|CONNECTION_RESET|INTERNET_DISCONNECTED|EMPTY_RESPONSE|INCOMPLETE_CHUNKED_ENCODING|FAILED)/;

/** What Chromium says of the first request after a server has started anew: sessions are in its memory alone. */
export const sessionIsGone = /the server responded with a status of 401 \(Unauthorized\)/;

/** What Chromium says each time somebody looks for a letter that has not come yet. */
export const noLetterYet = /the server responded with a status of 404 .*\/v1\/mailbox\//;

/** RxDB listens for `unload` besides `pagehide`; our pages refuse it, so that the browser can keep them when one goes back. */
const refusedUnload = /Permissions policy violation: unload is not allowed/;

export function startWatch(): Watch {
  const heard: string[] = [];
  const foreseen: RegExp[] = [refusedUnload];
  const hear = (complaint: string): void => void heard.push(complaint);
  const hearMessage = (message: ConsoleMessage): void => {
    if (message.type() === 'error') hear(`console: ${message.text()} (${message.location().url})`);
  };
  const followPage = (page: Page): void => {
    page.on('pageerror', (fault) => hear(`fault: ${fault.stack ?? fault.message}`));
    page.on('crash', () => hear(`crash: ${page.url()}`));
  };
  return {
    follow: async (context) => {
      context.on('console', hearMessage);
      context.on('page', followPage);
      for (const page of context.pages()) followPage(page);
      context.on('serviceworker', (worker) => worker.on('console', hearMessage));
      await context.addInitScript(tellViolations);
    },
    foresee: (complaint) => void foreseen.push(complaint),
    complaints: () => heard.filter((complaint) => !foreseen.some((pattern) => pattern.test(complaint))),
  };
}

/** Runs in the page. Chromium prints violations by itself; this one also says which rule it was. */
function tellViolations(): void {
  document.addEventListener('securitypolicyviolation', (event) => {
    console.error(`violation of ${event.effectiveDirective}: ${event.blockedURI} ${event.sample}`);
  });
}
