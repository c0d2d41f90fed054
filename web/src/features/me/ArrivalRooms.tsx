import FileKey from 'lucide-react/icons/file-key';
import KeyRound from 'lucide-react/icons/key-round';
import MonitorSmartphone from 'lucide-react/icons/monitor-smartphone';
import { useState } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { useText } from '../../i18n/use-text.ts';
import { Card } from '../../ui/Card.tsx';
import { Page } from '../../ui/Page.tsx';
import { RowButton } from '../../ui/Row.tsx';
import { messages } from './arrival-messages.ts';
import { LinkArrivalPage } from './LinkArrivalPage.tsx';
import { RestoreFilePage } from './RestoreFilePage.tsx';
import { RestorePage } from './RestorePage.tsx';

/** How a diary comes to an empty browser: from another device, from the words of a kit, or from a backup file. */
export function ArrivalRooms() {
  return (
    <Switch>
      <Route path="/link">
        <LinkArrivalPage />
      </Route>
      <Route>
        <ChooseWay />
      </Route>
    </Switch>
  );
}

function ChooseWay() {
  const text = useText();
  const [, go] = useLocation();
  const [from, setFrom] = useState<'words' | 'file' | null>(null);
  if (from === 'words') return <RestorePage onBack={() => setFrom(null)} />;
  if (from === 'file') return <RestoreFilePage onBack={() => setFrom(null)} />;
  return (
    <Page lone onBack={() => go('/')} question={text(messages.chooseTitle)}>
      <p>{text(messages.chooseText)}</p>
      <Card rows>
        <RowButton
          lead={<MonitorSmartphone aria-hidden />}
          title={text(messages.fromDevice)}
          detail={text(messages.fromDeviceMore)}
          onClick={() => go('/link')}
        />
        <RowButton
          lead={<KeyRound aria-hidden />}
          title={text(messages.fromWords)}
          detail={text(messages.fromWordsMore)}
          onClick={() => setFrom('words')}
        />
        <RowButton
          lead={<FileKey aria-hidden />}
          title={text(messages.fromFile)}
          detail={text(messages.fromFileMore)}
          onClick={() => setFrom('file')}
        />
      </Card>
    </Page>
  );
}
