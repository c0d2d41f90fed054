import { useState } from 'react';
import { InstallOffer } from '../features/me/InstallOffer.tsx';
import { appSessionOf } from '../session/app-session.ts';
import { useSession, useTimeline } from '../session/session-context.tsx';

/** The card on Today about the home screen, until it is put away on this device. */
export function DueInstall() {
  const { settings } = appSessionOf(useSession()).opened();
  const { days } = useTimeline();
  const [refused, setRefused] = useState(settings.read().installRefused);
  if (refused) return null;
  return (
    <InstallOffer
      entries={days.reduce((sum, { moments }) => sum + moments.length, 0)}
      onRefuse={() => {
        setRefused(true);
        void settings.change({ installRefused: true });
      }}
    />
  );
}
