import { INSTRUMENT_IDS, type InstrumentId, scaleOf } from '@evenkeel/instruments';
import { useLocation } from 'wouter';
import { useText } from '../../i18n/use-text.ts';
import { useToday } from '../../platform/passing-time.ts';
import { useStanding } from '../../session/questionnaires-context.tsx';
import { Badge } from '../../ui/Badge.tsx';
import { Card } from '../../ui/Card.tsx';
import { Page, Quiet } from '../../ui/Page.tsx';
import { RowLink } from '../../ui/Row.tsx';
import { questionCount } from './about.ts';
import { abouts, messages } from './messages.ts';
import { duePlans, usePlans } from './plan.ts';

/** Every questionnaire there is: what it asks, how long it takes, whose it is. */
export function ListPage() {
  const text = useText();
  const [, go] = useLocation();
  const due = duePlans(usePlans(), useToday());
  return (
    <Page title={text(messages.title)} onBack={() => go('/me')}>
      <Quiet>{text(messages.lead)}</Quiet>
      <Card rows>
        {INSTRUMENT_IDS.map((id) => (
          <InstrumentRow key={id} instrument={id} due={due.some(({ instrument }) => instrument === id)} />
        ))}
      </Card>
    </Page>
  );
}

function InstrumentRow({ instrument, due }: { readonly instrument: InstrumentId; readonly due: boolean }) {
  const text = useText();
  const { draft } = useStanding(instrument);
  const about = abouts[instrument];
  return (
    <RowLink
      href={`/questionnaires/${instrument}`}
      title={scaleOf(instrument).title}
      detail={text(messages.listDetail, {
        asks: text(about.asks),
        count: questionCount(text, instrument),
        licence: text(about.licence),
      })}
      {...(draft !== null && { end: <Badge>{text(messages.begun)}</Badge> })}
      {...(draft === null && due && { end: <Badge tone="care">{text(messages.due)}</Badge> })}
    />
  );
}
