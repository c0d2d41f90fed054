import { Route } from 'wouter';
import { screens } from './screens.ts';
import type { Screen } from './screens.ts';

/** The screens that are fetched when they are first opened, as routes of a `Switch`. */
export function routes(when: Screen['when']) {
  return screens
    .filter((screen) => screen.when === when)
    .map(({ path, screen: ScreenPage }) => (
      <Route key={path} path={path}>
        <ScreenPage />
      </Route>
    ));
}
