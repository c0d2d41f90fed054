import { useEffect, useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { useMe, useMeState } from '../../session/me-context.tsx';
import type { About } from '../../session/me-contract.ts';
import { Card } from '../../ui/Card.tsx';
import { Page, PagePart, Quiet } from '../../ui/Page.tsx';
import { WordGrid } from '../../ui/WordGrid.tsx';
import { messages } from './messages.ts';
import styles from './Me.module.css';

/** Which build this is, under which licence, who runs it, and what nobody has checked yet. */
export function AboutPage({ onBack }: { readonly onBack: () => void }) {
  const text = useText();
  const me = useMe();
  const { server } = useMeState();
  const [about, setAbout] = useState<About | null>(null);
  useEffect(() => {
    let gone = false;
    void me.about().then((found) => {
      if (!gone) setAbout(found);
    });
    return () => {
      gone = true;
    };
  }, [me]);
  const app = window.location.host;
  const runs =
    server.status === 'none'
      ? text(messages.whoRunsNone, { host: app })
      : text(server.servesApp ? messages.whoRunsSame : messages.whoRunsOther, {
          host: new URL(server.origin).host,
          app,
        });
  return (
    <Page onBack={onBack} title={text(messages.aboutTitle)}>
      {about && (
        <Card as="section">
          <dl className={styles.facts}>
            <dt>{text(messages.version)}</dt>
            <dd translate="no">{about.version}</dd>
            <dt>{text(messages.build)}</dt>
            <dd>
              {about.build === null ? text(messages.buildNone) : <span translate="no">{about.build}</span>}
            </dd>
          </dl>
        </Card>
      )}
      {about && about.buildWords.length > 0 && (
        <PagePart title={text(messages.buildWords)} note={text(messages.buildText)}>
          <WordGrid words={about.buildWords} label={text(messages.buildWords)} />
        </PagePart>
      )}
      <PagePart title={text(messages.whoRuns)}>
        <p>{runs}</p>
      </PagePart>
      <PagePart title={text(messages.audit)} note={text(messages.auditText)}>
        <Quiet>{text(messages.notWatched)}</Quiet>
      </PagePart>
      <PagePart title={text(messages.licence)}>
        <p>{text(messages.licenceText)}</p>
      </PagePart>
    </Page>
  );
}
