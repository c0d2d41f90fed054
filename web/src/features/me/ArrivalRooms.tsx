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
import { RestorePage } from './RestorePage.tsx';

/** How a diary comes to an empty browser: from another device, or from the words of a kit. */
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
  const [words, setWords] = useState(false);
  if (words) return <RestorePage onBack={() => setWords(false)} />;
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
          onClick={() => setWords(true)}
        />
      </Card>
    </Page>
  );
}
