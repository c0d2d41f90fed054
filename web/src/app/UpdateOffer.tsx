import { useSyncExternalStore } from 'react';
import { useText } from '../i18n/use-text.ts';
import { appUpdate, switchToNewVersion } from '../platform/app-update.ts';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { messages } from './messages.ts';
import { updateGate } from './update-gate.ts';

/** “A new version is ready”: waits for the person, and steps back while a draft is open. */
export function UpdateOffer() {
  const text = useText();
  const state = useSyncExternalStore(appUpdate.subscribe, appUpdate.read);
  const held = useSyncExternalStore(updateGate.subscribe, updateGate.isHeld);
  if (state === 'current') return null;
  const more = held
    ? messages.newVersionDraft
    : state === 'elsewhere'
      ? messages.newVersionElsewhere
      : messages.newVersionMore;
  return (
    <Banner
      live
      title={text(messages.newVersion)}
      actions={
        held ? undefined : (
          <Button look="primary" small onClick={switchToNewVersion}>
            {text(messages.useIt)}
          </Button>
        )
      }
    >
      <p>{text(more)}</p>
    </Banner>
  );
}
