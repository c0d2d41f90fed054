import { Route, Switch, useLocation } from 'wouter';
import { ChangeReminderPage, NewReminderPage } from './ReminderPages.tsx';
import { RemindersPage } from './RemindersPage.tsx';

/** Everything under /me/reminders. */
export function RemindersRooms() {
  const [, go] = useLocation();
  const list = () => go('/me/reminders');
  return (
    <Switch>
      <Route path="/me/reminders/new">
        <NewReminderPage onBack={list} />
      </Route>
      <Route path="/me/reminders/:id">
        {({ id }) => <ChangeReminderPage key={id} id={id} onBack={list} />}
      </Route>
      <Route>
        <RemindersPage onBack={() => go('/me')} />
      </Route>
    </Switch>
  );
}
