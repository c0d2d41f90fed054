import { type InstrumentId, type Wording, loadWording } from '@evenkeel/instruments';
import { useEffect, useState } from 'react';

/** The words of a questionnaire, which are fetched when they are first read; null until then. */
export function useWording(instrument: InstrumentId): Wording | null {
  const [wording, setWording] = useState<Wording | null>(null);
  useEffect(() => {
    let left = false;
    void loadWording(instrument).then((loaded) => {
      if (!left) setWording(loaded);
    });
    return () => {
      left = true;
    };
  }, [instrument]);
  return wording;
}
