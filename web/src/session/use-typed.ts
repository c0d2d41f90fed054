import { useCallback, useState } from 'react';
import type { FormPath } from './contract.ts';
import { useDiary } from './session-context.tsx';

/**
 * What is being typed on a screen, named by its path; null while nothing is. It outlives a lock: every change is kept
 * sealed until null forgets it; what a form is opened with is kept from the first change on. `example` has the shape
 * of what is typed, with one element in each list.
 */
export function useTyped<Typed extends object>(
  path: FormPath,
  example: Typed,
): readonly [typed: Typed | null, type: (typed: Typed | null) => void, open: (typed: Typed) => void] {
  const diary = useDiary();
  const [typed, setTyped] = useState(() => {
    const found = diary.typed(path);
    return isLike(found, example) ? found : null;
  });
  const change = useCallback(
    (next: Typed | null) => {
      setTyped(next);
      diary.keepTyped(path, next);
    },
    [diary, path],
  );
  return [typed, change, setTyped];
}

/** Whether it has all parts of the example, of the same kinds. */
export function isLike<Typed>(found: unknown, example: Typed): found is Typed {
  if (Array.isArray(example)) return Array.isArray(found) && found.every((one) => isLike(one, example[0]));
  if (typeof example !== 'object' || example === null) return typeof found === typeof example;
  return (
    typeof found === 'object' &&
    found !== null &&
    Object.entries(example).every(([name, part]) => isLike(Reflect.get(found, name), part))
  );
}
