/** Resolves when what was begun has ended, well or not, and at the latest after so many milliseconds. */
export async function within(ms: number, begun: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((go) => {
    timer = setTimeout(go, ms);
  });
  await Promise.race([begun.catch(() => undefined), late]);
  clearTimeout(timer);
}
