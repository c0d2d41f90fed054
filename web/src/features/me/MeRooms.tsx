import { useSyncExternalStore } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { appearance, chooseAppearance } from '../../platform/appearance.ts';
import { AboutPage } from './AboutPage.tsx';
import { AddDevicePage } from './AddDevicePage.tsx';
import { AppearancePage } from './AppearancePage.tsx';
import { BackupPage } from './BackupPage.tsx';
import { DataPage } from './DataPage.tsx';
import { DevicesPage } from './DevicesPage.tsx';
import { FinishPage } from './FinishPage.tsx';
import { ImportPage } from './ImportPage.tsx';
import { InstallPage } from './InstallPage.tsx';
import { JoinPage } from './JoinPage.tsx';
import { KeptPage } from './KeptPage.tsx';
import { KitPage } from './KitPage.tsx';
import { LockPage } from './LockPage.tsx';
import { MePage } from './MePage.tsx';
import { NamePage } from './NamePage.tsx';
import { ServerPage } from './ServerPage.tsx';

/** Everything under /me; on the clinician's desk the same, for their own account, under /desk/device. */
export function MeRooms({ at = '/me' }: { readonly at?: '/me' | '/desk/device' }) {
  const [, go] = useLocation();
  const look = useSyncExternalStore(appearance.subscribe, appearance.read);
  const face = at === '/me' ? 'person' : 'clinician';
  const home = () => go(at);
  return (
    <Switch>
      <Route path={`${at}/lock`}>
        <LockPage onBack={home} face={face} />
      </Route>
      {face === 'person' && (
        <Route path={`${at}/finish`}>
          <FinishPage onBack={() => go(`${at}/lock`)} />
        </Route>
      )}
      <Route path={`${at}/devices`}>
        <DevicesPage base={at} onBack={home} />
      </Route>
      <Route path={`${at}/devices/add`}>
        <AddDevicePage base={at} onBack={() => go(`${at}/devices`)} />
      </Route>
      <Route path={`${at}/kit`}>
        <KitPage onBack={home} />
      </Route>
      <Route path={`${at}/server`}>
        <ServerPage base={at} onBack={home} />
      </Route>
      <Route path={`${at}/server/join`}>
        <JoinPage base={at} onBack={() => go(`${at}/server`)} />
      </Route>
      {face === 'person' && (
        <Route path={`${at}/backup`}>
          <BackupPage base={at} onBack={home} />
        </Route>
      )}
      <Route path={`${at}/data`}>
        <DataPage base={at} onBack={home} />
      </Route>
      <Route path={`${at}/data/import`}>
        <ImportPage base={at} onBack={() => go(`${at}/data`)} />
      </Route>
      <Route path={`${at}/data/kept`}>
        <KeptPage onBack={() => go(`${at}/data`)} />
      </Route>
      {face === 'person' && (
        <Route path={`${at}/install`}>
          <InstallPage onBack={home} />
        </Route>
      )}
      {face === 'person' && (
        <Route path={`${at}/name`}>
          <NamePage onBack={home} />
        </Route>
      )}
      <Route path={`${at}/appearance`}>
        <AppearancePage appearance={look} onChoose={chooseAppearance} onBack={home} />
      </Route>
      <Route path={`${at}/about`}>
        <AboutPage onBack={home} />
      </Route>
      <Route>
        <MePage
          base={at}
          face={face}
          appearance={look}
          {...(face === 'clinician' ? { onBack: () => go('/desk') } : {})}
        />
      </Route>
    </Switch>
  );
}
