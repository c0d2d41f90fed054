import Share from 'lucide-react/icons/share';
import { useSyncExternalStore } from 'react';
import { Link } from 'wouter';
import { Rich } from '../../i18n/Rich.tsx';
import { useText } from '../../i18n/use-text.ts';
import { install, installing, isKeptApart } from '../../platform/installing.ts';
import type { Installing } from '../../platform/installing.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Page, PagePart, Quiet } from '../../ui/Page.tsx';
import { messages } from './install-messages.ts';
import styles from './Me.module.css';

/** How the app comes onto the home screen of this very browser, and what has to be known before. */
export function InstallPage({ onBack }: { readonly onBack: () => void }) {
  const text = useText();
  const way = useSyncExternalStore(installing.subscribe, installing.read);
  const isThere = way === 'installed' || way === 'done';
  return (
    <Page title={text(messages.title)} onBack={onBack}>
      {isThere ? (
        <Banner live>{text(way === 'installed' ? messages.installed : messages.done)}</Banner>
      ) : (
        <>
          <HowTo way={way} />
          <p>
            <Rich of={messages.plain} parts={[<Link key="name" href="/me/name" />]} />
          </p>
        </>
      )}
      {way === 'installed' && isKeptApart() && <p>{text(messages.installedApart)}</p>}
      <Quiet>{text(messages.removing)}</Quiet>
    </Page>
  );
}

function HowTo({ way }: { readonly way: Exclude<Installing, 'installed' | 'done'> }) {
  const text = useText();
  switch (way) {
    case 'offered':
      return (
        <>
          <p>{text(messages.why)}</p>
          <Button look="primary" wide onClick={() => void install()}>
            {text(messages.install)}
          </Button>
        </>
      );
    case 'menu':
      return (
        <>
          <p>{text(messages.why)}</p>
          <PagePart title={text(messages.how)}>
            <ol className={styles.steps}>
              <li>{text(messages.menu)}</li>
              <li>{text(messages.menuInstall)}</li>
            </ol>
            <Quiet>{text(messages.menuNone)}</Quiet>
          </PagePart>
        </>
      );
    case 'dock':
      return (
        <>
          <p>{text(messages.sevenMac)}</p>
          <PagePart title={text(messages.how)}>
            <p>{text(messages.addToDock)}</p>
          </PagePart>
          <BringOver />
        </>
      );
    case 'share-menu':
      return (
        <>
          <p>{text(messages.sevenPhone)}</p>
          <PagePart title={text(messages.how)}>
            <ol className={styles.steps}>
              <li>
                <span>
                  {text(messages.share)}
                  <Share aria-hidden /> {text(messages.shareHidden)}
                </span>
              </li>
              <li>{text(messages.addToHome)}</li>
              <li>{text(messages.add)}</li>
            </ol>
          </PagePart>
          <BringOver />
        </>
      );
  }
}

/** Where the installed app has a storage of its own. */
function BringOver() {
  const text = useText();
  return (
    <PagePart title={text(messages.apart)} note={text(messages.apartMore)}>
      <ol className={styles.steps}>
        <li>{text(messages.apartSave)}</li>
        <li>{text(messages.apartOpen)}</li>
        <li>{text(messages.apartBring)}</li>
      </ol>
      <LinkButton href="/me/backup" look="quiet" wide>
        {text(messages.toBackup)}
      </LinkButton>
      <p>{text(messages.apartWrite)}</p>
    </PagePart>
  );
}
