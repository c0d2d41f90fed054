/** Init scripts for the built app, which knows of no bench. Each may refer to nothing outside itself. */

declare global {
  interface Window {
    /** Milliseconds since the page began: when the keys' Worker was started, when Today was drawn with entries. */
    opening: { keysAt: number; drawnAt: number };
    /** Milliseconds from each tap on Save to the line that says where it is saved. */
    saving: number[];
    /** Each letter typed into a search field: when it was pressed, and when the page changed last after it. */
    searching: { readonly pressedAt: number; changedAt: number }[];
  }
}

export function watchOpening(): void {
  const opening = { keysAt: 0, drawnAt: 0 };
  window.opening = opening;
  const PlainWorker = window.Worker;
  window.Worker = class extends PlainWorker {
    constructor(url: string | URL, options?: WorkerOptions) {
      if (options?.name === 'vault' && opening.keysAt === 0) opening.keysAt = performance.now();
      super(url, options);
    }
  };
  const observer = new MutationObserver(() => {
    if (document.querySelector('main a[href^="/entry/"]') === null) return;
    observer.disconnect();
    // The second frame begins when the first one, with the entries in it, has been drawn.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        opening.drawnAt = performance.now();
      }),
    );
  });
  observer.observe(document, { childList: true, subtree: true });
}

export function watchSaving(): void {
  const saving: number[] = [];
  window.saving = saving;
  let tappedAt = 0;
  document.addEventListener(
    'pointerup',
    (event) => {
      const button = event.target instanceof Element ? event.target.closest('button') : null;
      if (button?.textContent.startsWith('Save') === true) tappedAt = event.timeStamp;
    },
    true,
  );
  const observer = new MutationObserver(() => {
    if (tappedAt === 0) return;
    const lines = [...document.querySelectorAll('[role="status"] span')];
    if (!lines.some((line) => /^Saved (on|in) /.test(line.textContent))) return;
    saving.push(performance.now() - tappedAt);
    tappedAt = 0;
  });
  observer.observe(document, { childList: true, subtree: true, characterData: true });
}

export function watchSearching(): void {
  const searching: Window['searching'] = [];
  window.searching = searching;
  document.addEventListener(
    'input',
    (event) => {
      searching.push({ pressedAt: event.timeStamp, changedAt: performance.now() });
    },
    true,
  );
  const observer = new MutationObserver(() => {
    const letter = searching.at(-1);
    if (letter !== undefined) letter.changedAt = performance.now();
  });
  observer.observe(document, { childList: true, subtree: true, characterData: true, attributes: true });
}
