import { isInstrumentId } from '@evenkeel/instruments';
import { Redirect, Route, Switch } from 'wouter';
import { AnsweringPage } from './AnsweringPage.tsx';
import { InstrumentPage } from './InstrumentPage.tsx';
import { ListPage } from './ListPage.tsx';

/** Everything under /questionnaires. */
export function QuestionnairesRooms() {
  return (
    <Switch>
      <Route path="/questionnaires/:id/answer/:entry?">
        {({ id, entry }) =>
          isInstrumentId(id) ? (
            <AnsweringPage key={entry ?? id} instrument={id} entry={entry} />
          ) : (
            <Redirect to="/questionnaires" />
          )
        }
      </Route>
      <Route path="/questionnaires/:id">
        {({ id }) =>
          isInstrumentId(id) ? <InstrumentPage key={id} instrument={id} /> : <Redirect to="/questionnaires" />
        }
      </Route>
      <Route>
        <ListPage />
      </Route>
    </Switch>
  );
}
