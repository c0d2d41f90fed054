import Globe from 'lucide-react/icons/globe';
import ListChecks from 'lucide-react/icons/list-checks';
import MessageCircle from 'lucide-react/icons/message-circle';
import PhoneCall from 'lucide-react/icons/phone-call';
import X from 'lucide-react/icons/x';
import { useId } from 'react';
import { useText } from '../../i18n/use-text.ts';
import type { OpenPlanLine } from '../../session/contract.ts';
import { IconButton } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { phoneLink } from '../../ui/phone-link.ts';
import { RowLink, RowOutLink } from '../../ui/Row.tsx';
import { messages as uiMessages } from '../../ui/messages.ts';
import styles from './HelpNow.module.css';
import { messages } from './messages.ts';
import { unsaidTarget } from './shown-numbers.ts';
import type { ShownNumber, ShownNumbers } from './shown-numbers.ts';

/** `none`: no diary is kept here. `locked`: nothing of it is shown but a plan left open. */
export type OwnHelp =
  | { readonly status: 'none' }
  | {
      readonly status: 'locked';
      /** What the person wants readable without opening. */
      readonly plan: readonly OpenPlanLine[];
    }
  | {
      readonly status: 'open';
      readonly plan: readonly OpenPlanLine[];
    };

const planDetails = {
  locked: messages.planLocked,
  begun: messages.planMine,
  empty: messages.planNone,
} as const;

const keptBy = { app: messages.checkedByApp, host: messages.checkedByHost } as const;

const acts = {
  call: { words: messages.call, leadsTo: messages.calls, icon: <PhoneCall aria-hidden /> },
  text: { words: messages.text, leadsTo: messages.texts, icon: <MessageCircle aria-hidden /> },
  open: { words: messages.open, leadsTo: messages.opens, icon: <Globe aria-hidden /> },
} as const;

type HelpNowViewProps = {
  readonly own: OwnHelp;
  readonly shown: ShownNumbers;
  readonly dateOf: (day: string) => string;
  readonly onClose: () => void;
};

export function HelpNowView({ own, shown, dateOf, onClose }: HelpNowViewProps) {
  const text = useText();
  const id = useId();
  const [first] = shown.numbers;
  return (
    <main className={styles.page}>
      <header className={styles.bar}>
        {/* First in the order of focus, last in the line. */}
        <button type="button" className={styles.leave} data-quick-exit>
          {text(uiMessages.leave)}
        </button>
        <span className={styles.close}>
          <IconButton label={text(uiMessages.close)} icon={<X aria-hidden />} onClick={onClose} />
        </span>
      </header>
      <h1 tabIndex={-1} data-screen-title>
        {text(messages.title)}
      </h1>
      <p className={styles.quiet}>{text(messages.untold)}</p>
      {isLong(own) && first !== undefined && (
        <Card rows as="ul">
          <li>
            <Reach number={first} />
          </li>
        </Card>
      )}
      {own.status !== 'none' && <Own own={own} />}
      <section className={styles.section} aria-labelledby={id}>
        <h2 className={styles.heading} id={id}>
          {text(messages.talk)}
        </h2>
        <Card rows as="ul">
          {shown.numbers.map((number) => (
            <li key={number.id}>
              <Reach number={number} />
            </li>
          ))}
        </Card>
        <p className={styles.small}>
          {text(keptBy[shown.keptBy], { country: shown.country, date: dateOf(shown.checked) })}{' '}
          {text(messages.offline)}
        </p>
        <details className={styles.small}>
          <summary className={styles.summary}>{text(messages.source)}</summary>
          <ul className={styles.sources}>
            {shown.numbers.map((number) => (
              <li key={number.id}>
                {text(messages.sourceLine, {
                  name: number.name,
                  source: number.source,
                  date: dateOf(number.checked),
                })}
              </li>
            ))}
          </ul>
        </details>
      </section>
      <section className={styles.small}>
        <h2 className={styles.heading}>{text(messages.leaving)}</h2>
        <p>{text(messages.leavingMore)}</p>
      </section>
    </main>
  );
}

/** Letters in a row on a small phone, and rows of a plan that leave the first number in its view. */
const LETTERS = 40;
const FEW_ROWS = 4;

/** Whether the person's own lines push the numbers out of view: then the first of them stands above as well. */
function isLong(own: OwnHelp): boolean {
  if (own.status === 'none') return false;
  return own.plan.reduce((rows, line) => rows + 1 + Math.floor(line.text.length / LETTERS), 0) > FEW_ROWS;
}

/** One number or site, in the words of its list, and where it leads to if those do not say so. */
function Reach({ number }: { readonly number: ShownNumber }) {
  const text = useText();
  const { words, leadsTo, icon } = acts[number.act];
  const target = unsaidTarget(number);
  return (
    <RowOutLink
      href={number.href}
      title={<span lang={number.language}>{inOneLine(number.name)}</span>}
      detail={
        <>
          <span lang={number.language}>{inOneLine(number.detail)}</span>
          {target !== null && (
            <>
              {' · '}
              {text(leadsTo, { target })}
            </>
          )}
        </>
      }
      lead={icon}
      end={text(words)}
    />
  );
}

/** The groups of a number stay beside each other. */
function inOneLine(words: string): string {
  return words.replaceAll(/(?<=\d) (?=\d)/g, '\u00a0');
}

/** What the person wrote for such an hour comes before anybody else's number: all of it, with no touch more. */
function Own({ own }: { readonly own: Exclude<OwnHelp, { readonly status: 'none' }> }) {
  const text = useText();
  const { status, plan } = own;
  // Behind the lock lies no more of it than what was left open.
  const leadsOn = status === 'open' || plan.length === 0;
  return (
    <section className={styles.section} aria-label={text(messages.plan)}>
      {!leadsOn && <h2 className={styles.heading}>{text(messages.plan)}</h2>}
      <Card rows as="ul">
        {leadsOn && (
          <li>
            <RowLink
              href="/plan"
              lead={<ListChecks aria-hidden />}
              title={text(messages.plan)}
              detail={text(planDetails[status === 'locked' ? status : plan.length > 0 ? 'begun' : 'empty'])}
            />
          </li>
        )}
        {plan.map(
          ({ id: line, text: said, phone }) =>
            phone === undefined && (
              <li key={line}>
                <p className={styles.line}>{said}</p>
              </li>
            ),
        )}
        {plan.map(
          ({ id: line, text: said, phone }) =>
            phone !== undefined && (
              <li key={line}>
                <CallAndText text={said} phone={phone} />
              </li>
            ),
        )}
      </Card>
    </section>
  );
}

function CallAndText({ text: name, phone }: { readonly text: string; readonly phone: string }) {
  const text = useText();
  return (
    <>
      <RowOutLink
        href={phoneLink('tel', phone)}
        title={name}
        detail={phone}
        lead={<PhoneCall aria-hidden />}
        end={text(messages.call)}
      />
      <RowOutLink
        href={phoneLink('sms', phone)}
        title={text(messages.textPerson, { name })}
        lead={<MessageCircle aria-hidden />}
      />
    </>
  );
}
