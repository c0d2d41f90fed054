import { QuestionnairesRooms } from '../features/questionnaires/QuestionnairesRooms.tsx';
import { appSessionOf, once } from '../session/app-session.ts';
import { openQuestionnaires } from '../session/open-questionnaires.ts';
import { QuestionnairesProvider } from '../session/questionnaires-context.tsx';
import { useSession } from '../session/session-context.tsx';

const questionnairesOf = once(openQuestionnaires);

/** Everything under /questionnaires, on the open diary. */
export function QuestionnairesScreen() {
  const questionnaires = questionnairesOf(appSessionOf(useSession()).opened());
  return (
    <QuestionnairesProvider questionnaires={questionnaires}>
      <QuestionnairesRooms />
    </QuestionnairesProvider>
  );
}
