import { useLingui } from '@lingui/react';
import { leaveQuickly } from '../../platform/quick-exit.ts';
import { dateOf } from '../../i18n/dates.ts';
import { HelpNowView } from './HelpNowView.tsx';
import directory from './help-numbers.uk.json';

/** Needs no unlocking, no network and no consent: nothing on this page is read from the diary. */
export function HelpNowPage() {
  const { i18n } = useLingui();
  return (
    <HelpNowView
      directory={directory}
      dateOf={(day) => dateOf(i18n, Date.parse(`${day}T12:00:00Z`))}
      onLeave={leaveQuickly}
      onClose={() => {
        if (window.history.length > 1) window.history.back();
        else window.location.assign('/');
      }}
    />
  );
}
