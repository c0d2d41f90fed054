import { useEffect, useState } from 'react';
import type { Message } from '../../i18n/define-messages.ts';
import { useText } from '../../i18n/use-text.ts';
import { useMe, useMeState } from '../../session/me-context.tsx';
import type { KeptHere, MeState } from '../../session/me-contract.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Page, Quiet } from '../../ui/Page.tsx';
import { Row } from '../../ui/Row.tsx';
import { messages } from './messages.ts';

const keptMessages = {
  entries: messages.keptEntries,
  cache: messages.keptCache,
  logs: messages.keptLogs,
  receipts: messages.keptReceipts,
  locks: messages.keptLocks,
  draft: messages.keptDraft,
  'locked-notes': messages.keptLockedNotes,
  'open-plan': messages.keptOpenPlan,
  settings: messages.keptSettings,
  'help-numbers': messages.keptHelpNumbers,
  appearance: messages.keptAppearance,
  'app-files': messages.keptFiles,
} satisfies Record<KeptHere['what'], Message>;

const storageMessages = {
  kept: messages.keptStorage,
  'may-be-emptied': messages.keptStorageNot,
  unknown: messages.keptStorageUnknown,
} satisfies Record<MeState['storage'], Message>;

/** Everything the app stores in this browser, and whether it is sealed. */
export function KeptPage({ onBack }: { readonly onBack: () => void }) {
  const text = useText();
  const me = useMe();
  const { storage } = useMeState();
  const [kept, setKept] = useState<readonly KeptHere[]>([]);
  useEffect(() => {
    let gone = false;
    void me.keptHere().then((found) => {
      if (!gone) setKept(found);
    });
    return () => {
      gone = true;
    };
  }, [me]);
  return (
    <Page onBack={onBack} title={text(messages.keptTitle)} known={kept.length > 0}>
      <p>{text(messages.keptText)}</p>
      <Card rows as="ul">
        {kept.map(({ what, sealed, count }) => (
          <li key={what}>
            <Row
              title={text(keptMessages[what])}
              {...(count === null ? {} : { detail: String(count) })}
              end={
                <Badge tone={sealed ? 'good' : 'plain'}>
                  {text(sealed ? messages.keptSealed : messages.keptOpen)}
                </Badge>
              }
            />
          </li>
        ))}
      </Card>
      <Quiet>{text(storageMessages[storage])}</Quiet>
      {storage !== 'kept' && (
        <Button look="quiet" wide onClick={() => void me.askToKeepStorage()}>
          {text(messages.keptAsk)}
        </Button>
      )}
    </Page>
  );
}
