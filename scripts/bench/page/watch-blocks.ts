declare global {
  interface Window {
    blocks: { readonly reset: () => void; readonly longest: () => number };
  }
}

/**
 * Watches how long the main thread answers nobody: the browser's long tasks (from 50 ms), and a heartbeat for what is
 * shorter. Runs in the page, also as an init script: it may refer to nothing outside itself.
 */
export function watchBlocks(): void {
  const beatMs = 10;
  const shortestLongTaskMs = 50;
  let longTask = 0;
  let gap = 0;
  let last = performance.now();
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longTask = Math.max(longTask, duration);
  });
  observer.observe({ type: 'longtask', buffered: true });
  setInterval(() => {
    const now = performance.now();
    gap = Math.max(gap, now - last - beatMs);
    last = now;
  }, beatMs);
  window.blocks = {
    reset: () => {
      observer.takeRecords();
      longTask = 0;
      gap = 0;
      last = performance.now();
    },
    longest: () => {
      for (const { duration } of observer.takeRecords()) longTask = Math.max(longTask, duration);
      return longTask > 0 ? longTask : Math.min(gap, shortestLongTaskMs);
    },
  };
}
