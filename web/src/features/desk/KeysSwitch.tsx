import { useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { Card } from '../../ui/Card.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { messages } from './messages.ts';
import { keepKeysOn, readKeysOn } from './use-desk-keys.ts';

/** Single keys as shortcuts, on or off for this computer. */
export function KeysSwitch() {
  const text = useText();
  const [on, setOn] = useState(readKeysOn);
  return (
    <Card rows>
      <Switch
        label={text(messages.shortcutsOn)}
        detail={text(messages.shortcuts)}
        on={on}
        onChange={(next) => {
          keepKeysOn(next);
          setOn(next);
        }}
      />
    </Card>
  );
}
