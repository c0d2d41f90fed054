import Link2 from 'lucide-react/icons/link-2';
import ScanQrCode from 'lucide-react/icons/scan-qr-code';
import UserCheck from 'lucide-react/icons/user-check';
import { useState } from 'react';
import type { Message } from '../../i18n/define-messages.ts';
import { useText } from '../../i18n/use-text.ts';
import { CameraView } from '../../platform/camera/CameraView.tsx';
import type { CameraProblem } from '../../platform/camera/camera.ts';
import { codeRefusalMessages } from '../../platform/camera/code-messages.ts';
import { problemMessages } from '../../platform/camera/messages.ts';
import { checkedMessages } from '../../session/share-words.ts';
import type { CardOutcome, Contact } from '../../session/sharing-contract.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { PagePart, Quiet } from '../../ui/Page.tsx';
import { RowButton } from '../../ui/Row.tsx';
import { messages } from './messages.ts';

type WhoStepProps = {
  /** Linked already, with nothing shared. */
  readonly contacts: readonly Contact[];
  readonly onScan: () => void;
  readonly onLink: () => void;
  readonly onKnown: (contact: Contact) => void;
};

/** Step 1: in the room, by link, or somebody who is linked already. */
export function WhoStep({ contacts, onScan, onLink, onKnown }: WhoStepProps) {
  const text = useText();
  return (
    <>
      <Card rows>
        <RowButton
          lead={<ScanQrCode aria-hidden />}
          title={text(messages.here)}
          detail={text(messages.hereMore)}
          onClick={onScan}
        />
        <RowButton
          lead={<Link2 aria-hidden />}
          title={text(messages.away)}
          detail={text(messages.awayMore)}
          onClick={onLink}
        />
      </Card>
      {contacts.length > 0 && (
        <PagePart title={text(messages.known)}>
          <Card rows>
            {contacts.map((contact) => (
              <RowButton
                key={contact.acct}
                lead={<UserCheck aria-hidden />}
                title={contact.name || text(messages.unnamed)}
                detail={text(checkedMessages[contact.checked.how])}
                onClick={() => onKnown(contact)}
              />
            ))}
          </Card>
        </PagePart>
      )}
    </>
  );
}

export type CardProblem = Extract<CardOutcome, { ok: false }>['reason'];

const cardMessages = {
  ...codeRefusalMessages,
  'too-old': messages.cardTooOld,
  'own-account': messages.cardOwn,
  'other-server': messages.cardOtherServer,
  malformed: codeRefusalMessages['damaged-card'],
  forged: messages.cardForged,
  'weak-key': messages.cardForged,
  'newer-app-needed': messages.cardNewer,
} satisfies Record<CardProblem, Message>;

type ScanStepProps = {
  readonly problem: CardProblem | null;
  readonly onText: (text: string) => void;
  readonly onLink: () => void;
};

/** Reads the code on the clinician's screen. Only the camera counts here: a pasted code could come from anybody. */
export function ScanStep({ problem, onText, onLink }: ScanStepProps) {
  const text = useText();
  const [camera, setCamera] = useState<'on' | CameraProblem>('on');
  return (
    <>
      <Quiet>{text(messages.scanText)}</Quiet>
      {problem && (
        <Banner tone="care" live>
          {text(cardMessages[problem])}
        </Banner>
      )}
      {camera === 'on' ? (
        // A refused code starts the camera anew, so that the next one can be read.
        <CameraView key={String(problem)} onText={onText} onProblem={setCamera} onStop={onLink} />
      ) : (
        <Banner tone="care" live>
          {text(problemMessages[camera])}
        </Banner>
      )}
      <Quiet>{text(messages.scanNoCamera)}</Quiet>
      <Button look="quiet" wide icon={<Link2 aria-hidden />} onClick={onLink}>
        {text(messages.makeLinkInstead)}
      </Button>
    </>
  );
}
