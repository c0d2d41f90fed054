import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

type Fit<Part> = {
  /** What was chosen when this was measured. */
  readonly chosen: string;
  /** Whether the parts stand smaller and closer. */
  readonly isTight: boolean;
  /** What did not fit even so. */
  readonly leftOut: readonly Part[];
};

/** What lies between the margins of A4, less a line for what a printer adds; in px, of which an inch has 96. */
const room = (268 / 25.4) * 96;

/**
 * Fits parts on one page as it will be printed: first all of them smaller, then without whole parts, the last of
 * `parts` first. The paper must be laid out already while it is only on the screen; each part in it is a
 * `data-part`, and one that is empty is not spoken of. Begins again when `chosen` is another.
 */
export function useOnePage<Part extends string>(
  parts: readonly Part[],
  chosen: string,
): Fit<Part> & { readonly paper: RefObject<HTMLElement | null> } {
  const paper = useRef<HTMLElement>(null);
  const whole: Fit<Part> = { chosen, isTight: false, leftOut: [] };
  const [last, setFit] = useState(whole);
  const fit = last.chosen === chosen ? last : whole;
  useLayoutEffect(() => {
    const element = paper.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      if (element.offsetHeight <= room) return;
      const lastOne = parts.findLast((part) => element.querySelector(`[data-part="${part}"] > *`) !== null);
      if (!fit.isTight) setFit({ ...fit, isTight: true });
      else if (lastOne !== undefined) setFit({ ...fit, leftOut: [lastOne, ...fit.leftOut] });
    });
    observer.observe(element);
    return () => observer.disconnect();
  });
  return { paper, ...fit };
}
