import { useLingui } from '@lingui/react';
import Eye from 'lucide-react/icons/eye';
import RefreshCw from 'lucide-react/icons/refresh-cw';
import { deviceZone } from '@evenkeel/journal';
import { grantIdSchema } from '@evenkeel/protocol';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { dayName } from '../../i18n/dates.ts';
import type { Message } from '../../i18n/define-messages.ts';
import { nearMoment } from '../../i18n/short-dates.ts';
import { useText } from '../../i18n/use-text.ts';
import { useSharing, useSharingState } from '../../session/sharing-context.tsx';
import { Banner } from '../../ui/Banner.tsx';
import { Card } from '../../ui/Card.tsx';
import { Page, Quiet } from '../../ui/Page.tsx';
import { Row } from '../../ui/Row.tsx';
import { messages } from './messages.ts';
import { openingsOf } from './openings.ts';
import type { OpeningNotice, Openings } from './openings.ts';

/** The receipts of one share, as a list the person can read. */
export function WhoOpenedPage({ grant }: { readonly grant: string }) {
  const text = useText();
  const sharing = useSharing();
  const state = useSharingState();
  const [, go] = useLocation();
  const [openings, setOpenings] = useState<Openings | null>(null);

  useEffect(() => {
    const parsed = grantIdSchema.safeParse(grant);
    if (!parsed.success) return;
    let gone = false;
    void sharing.receipts(parsed.data).then((chains) => {
      if (!gone) setOpenings(openingsOf(chains, deviceZone()));
    });
    return () => {
      gone = true;
    };
  }, [sharing, grant, state]);

  const share =
    state.status === 'ready'
      ? [...state.shares, ...state.ended].find((one) => one.grant === grant)
      : undefined;
  return (
    <Page
      {...(share ? { note: share.with.name } : {})}
      onBack={() => go('/sharing')}
      question={text(messages.openedTitle)}
    >
      <Quiet>{text(messages.openedIntro)}</Quiet>
      {openings && <OpeningsView openings={openings} />}
      <Quiet>{text(messages.openedLimit)}</Quiet>
    </Page>
  );
}

const noticeMessages = {
  missing: messages.noticeMissing,
  doubled: messages.noticeDoubled,
  'not-theirs': messages.noticeNotTheirs,
} satisfies Record<OpeningNotice['kind'], Message>;

export function OpeningsView({ openings }: { readonly openings: Openings }) {
  const text = useText();
  const { i18n } = useLingui();
  return (
    <>
      {openings.notices.map(({ kind, times }) => (
        <Banner key={kind} tone="care">
          {text(noticeMessages[kind], { times })}
        </Banner>
      ))}
      {openings.nothingYet && <Quiet>{text(messages.nothingOpened)}</Quiet>}
      {openings.lines.length > 0 && (
        <Card rows as="ul">
          {openings.lines.map((line) =>
            line.kind === 'opened' ? (
              <li key={`opened ${line.time}`}>
                <Row
                  lead={<Eye aria-hidden />}
                  title={text(messages.openedLine)}
                  {...(line.purpose === ''
                    ? {}
                    : { detail: text(messages.openedReason, { purpose: line.purpose }) })}
                  end={nearMoment(i18n, line.time)}
                />
              </li>
            ) : (
              <li key={`refreshed ${line.day}`}>
                <Row
                  lead={<RefreshCw aria-hidden />}
                  title={text(messages.refreshedLine, { times: line.times })}
                  detail={text(messages.refreshedMore)}
                  end={dayName(i18n, line.day)}
                />
              </li>
            ),
          )}
        </Card>
      )}
    </>
  );
}
