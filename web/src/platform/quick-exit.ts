/** A page of ours with nothing on it; it works without a network and asks nobody for anything. */
const blankPage = '/away.html';

/** Three presses of Shift within this many milliseconds. */
const within = 1500;

/** Shows a blank page at once, in place of this one. Open keys and drafts in memory go with the page. */
export function leaveQuickly(): void {
  document.title = '';
  document.body.replaceChildren();
  window.location.replace(blankPage);
}

/**
 * Listens on every screen for a button that is marked `data-quick-exit`, and for Shift, Shift, Shift. Any other key
 * in between starts the count again.
 */
export function watchForQuickExit(leave: () => void = leaveQuickly): () => void {
  const count = countShifts(leave);
  const press = (event: KeyboardEvent) => {
    if (event.isTrusted && !event.repeat) count(event.key, event.timeStamp);
  };
  const touch = ({ target }: Event) => {
    if (target instanceof Element && target.closest('[data-quick-exit]') !== null) leave();
  };
  window.addEventListener('keydown', press, { capture: true });
  window.addEventListener('click', touch, { capture: true });
  return () => {
    window.removeEventListener('keydown', press, { capture: true });
    window.removeEventListener('click', touch, { capture: true });
  };
}

/** The count alone: `time` in milliseconds of any clock that does not go back. */
export function countShifts(leave: () => void): (key: string, time: number) => void {
  let presses: readonly number[] = [];
  return (key, time) => {
    presses = key === 'Shift' ? [...presses.filter((press) => time - press < within), time] : [];
    if (presses.length < 3) return;
    presses = [];
    leave();
  };
}
