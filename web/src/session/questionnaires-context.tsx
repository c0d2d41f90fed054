import type { InstrumentId } from '@evenkeel/instruments';
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import type { Questionnaires, Standing } from './questionnaires-contract.ts';
import { MissingProviderError } from './session-context.tsx';

const QuestionnairesContext = createContext<Questionnaires | null>(null);

export function QuestionnairesProvider({
  questionnaires,
  children,
}: {
  readonly questionnaires: Questionnaires;
  readonly children: ReactNode;
}) {
  return <QuestionnairesContext value={questionnaires}>{children}</QuestionnairesContext>;
}

/** Only screens that are shown while the diary is open may ask for it. */
export function useQuestionnaires(): Questionnaires {
  const questionnaires = useContext(QuestionnairesContext);
  if (!questionnaires)
    throw new MissingProviderError('useQuestionnaires needs a QuestionnairesProvider above it.');
  return questionnaires;
}

export function useStanding(instrument: InstrumentId): Standing {
  const questionnaires = useQuestionnaires();
  return useSyncExternalStore(questionnaires.subscribe, () => questionnaires.standing(instrument));
}
