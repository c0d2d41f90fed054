import { useLingui } from '@lingui/react';
import Archive from 'lucide-react/icons/archive';
import Download from 'lucide-react/icons/download';
import HardDrive from 'lucide-react/icons/hard-drive';
import Upload from 'lucide-react/icons/upload';
import { useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { nearMoment } from '../../i18n/short-dates.ts';
import { saveFile } from '../../platform/save-file.ts';
import { useMe, useMeState } from '../../session/me-context.tsx';
import type { PastImport } from '../../session/me-contract.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Confirm } from '../../ui/Dialog.tsx';
import { Page, PagePart } from '../../ui/Page.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { Row, RowLink } from '../../ui/Row.tsx';
import { messages } from './messages.ts';

type Work = { readonly what: 'export' | 'undo'; readonly done: number; readonly of: number };

/** A copy to take along, a diary to bring in, and what lies on this device. */
export function DataPage({ base, onBack }: { readonly base: string; readonly onBack: () => void }) {
  const text = useText();
  const { i18n } = useLingui();
  const me = useMe();
  const { imports } = useMeState();
  const [work, setWork] = useState<Work | null>(null);
  const [said, setSaid] = useState('');
  const [undoing, setUndoing] = useState<PastImport | null>(null);

  const save = async () => {
    setSaid('');
    setWork({ what: 'export', done: 0, of: 0 });
    const file = await me
      .exportEverything((progress) => setWork({ what: 'export', ...progress }))
      .finally(() => setWork(null));
    saveFile(file.name, file.content);
    setSaid(text(messages.exported, { name: file.name, n: file.entries }));
  };
  const undo = async (past: PastImport) => {
    setUndoing(null);
    setSaid('');
    setWork({ what: 'undo', done: 0, of: past.entries });
    const { removed } = await me
      .undoImport(past.id, (progress) => setWork({ what: 'undo', ...progress }))
      .finally(() => setWork(null));
    setSaid(text(messages.undone, { n: removed }));
  };
  return (
    <Page title={text(messages.dataTitle)} onBack={onBack}>
      {said !== '' && <Banner live>{said}</Banner>}
      {work && (
        <Progress
          label={text(work.what === 'export' ? messages.exporting : messages.undoing)}
          done={work.of === 0 ? null : work.done / work.of}
          words={text(messages.inProgressWords, { done: work.done, of: work.of })}
        />
      )}
      <PagePart title={text(messages.exportTitle)} note={text(messages.exportText)}>
        <Button
          look="primary"
          wide
          icon={<Download aria-hidden />}
          disabled={work !== null}
          onClick={() => void save()}
        >
          {text(messages.exportButton)}
        </Button>
      </PagePart>
      <PagePart title={text(messages.importTitle)} note={text(messages.importText)}>
        <LinkButton href={`${base}/data/import`} look="quiet" wide icon={<Upload aria-hidden />}>
          {text(messages.importButton)}
        </LinkButton>
      </PagePart>
      {imports.length > 0 && (
        <PagePart title={text(messages.importsTitle)}>
          <Card rows as="ul">
            {imports.map((past) => (
              <li key={past.id}>
                <Row
                  title={text(messages.importRow, { n: past.entries })}
                  detail={nearMoment(i18n, past.at)}
                  end={
                    <Button look="plain" small disabled={work !== null} onClick={() => setUndoing(past)}>
                      {text(messages.undo)}
                    </Button>
                  }
                />
              </li>
            ))}
          </Card>
        </PagePart>
      )}
      <Card rows>
        <RowLink
          href="/journal/bin"
          lead={<Archive aria-hidden />}
          title={text(messages.bin)}
          detail={text(messages.binDetail)}
        />
        <RowLink
          href={`${base}/data/kept`}
          lead={<HardDrive aria-hidden />}
          title={text(messages.kept)}
          detail={text(messages.keptDetail)}
        />
      </Card>
      <Confirm
        open={undoing !== null}
        title={text(messages.undoTitle)}
        yes={text(messages.undo)}
        stop
        onYes={() => undoing && void undo(undoing)}
        onNo={() => setUndoing(null)}
      >
        <p>{text(messages.undoText, { n: undoing?.entries ?? 0 })}</p>
      </Confirm>
    </Page>
  );
}
