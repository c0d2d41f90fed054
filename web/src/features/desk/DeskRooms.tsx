import Link2 from 'lucide-react/icons/link-2';
import LockIcon from 'lucide-react/icons/lock';
import QrCode from 'lucide-react/icons/qr-code';
import { useMemo, useRef } from 'react';
import type { ReactNode } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { useText } from '../../i18n/use-text.ts';
import { useDeskState } from '../../session/desk-context.tsx';
import type { DeskPerson, DeskState } from '../../session/desk-contract.ts';
import { useIsWide } from '../../platform/media.ts';
import { useSession } from '../../session/session-context.tsx';
import { Badge } from '../../ui/Badge.tsx';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { classes } from '../../ui/classes.ts';
import { HelpNow } from '../../ui/TopBar.tsx';
import { CardPage } from './CardPage.tsx';
import styles from './Desk.module.css';
import { inDeskOrder, neighbour } from './desk-list.ts';
import { DeskPane } from './DeskPane.tsx';
import { KeysSwitch } from './KeysSwitch.tsx';
import { messages } from './messages.ts';
import { OpenLinkPage } from './OpenLinkPage.tsx';
import { PeopleList } from './PeopleList.tsx';
import { RecordPage } from './RecordPage.tsx';
import { NameStep, ServerStep } from './SetUpSteps.tsx';
import { useDeskKeys } from './use-desk-keys.ts';
import { WordsPage } from './WordsPage.tsx';

type Ready = Extract<DeskState, { status: 'ready' }>;

/** Everything under /desk while the session is open. `device`: lock, kit and server of this computer, under /desk/device. */
export function DeskRooms({ device }: { readonly device: ReactNode }) {
  const text = useText();
  const state = useDeskState();
  if (state.status === 'opening') {
    return (
      <main className={styles.main}>
        <p className={styles.quiet}>{text(messages.opening)}</p>
      </main>
    );
  }
  if (state.name === '') return <NameStep />;
  if (state.server === null) return <ServerStep />;
  return <OpenDesk state={state} device={device} />;
}

function OpenDesk({ state, device }: { readonly state: Ready; readonly device: ReactNode }) {
  const text = useText();
  const [path, go] = useLocation();
  const search = useRef<HTMLInputElement>(null);
  const people = useMemo(() => inDeskOrder(state.people), [state.people]);
  const chosen = /^\/desk\/p\/([^/]+)$/.exec(path)?.[1] ?? null;
  const step = (by: 1 | -1) => () => {
    const next = neighbour(people, chosen, by);
    if (next) go(`/desk/p/${next.owner}`);
  };
  useDeskKeys({
    next: step(1),
    before: step(-1),
    search: () => search.current?.focus(),
    print: () => window.print(),
  });
  const byOwner = (owner: string) => people.find((person) => person.owner === owner);
  const wide = useIsWide();
  const atList = path === '/desk';
  // On a phone the list is a screen of its own, and a person another one.
  if (!wide && atList) {
    return (
      <main className={styles.side}>
        <SideHead />
        <h1 tabIndex={-1} data-screen-title>
          {text(people.length === 0 ? messages.emptyTitle : messages.people)}
        </h1>
        {people.length === 0 && <p>{text(messages.emptyText)}</p>}
        <Side people={people} chosen={chosen} searchRef={search} />
      </main>
    );
  }
  return (
    <div className={styles.desk}>
      {wide && (
        <nav className={styles.side} aria-label={text(messages.people)}>
          <SideHead />
          <Side people={people} chosen={chosen} searchRef={search} />
        </nav>
      )}
      <Switch>
        <Route path="/desk/p/:owner">
          {({ owner }) => (
            <Known person={byOwner(owner)}>
              {(person) => <RecordPage key={owner} person={person} state={state} />}
            </Known>
          )}
        </Route>
        <Route path="/desk/words/:owner">
          {({ owner }) => (
            <Known person={byOwner(owner)}>{(person) => <WordsPage key={owner} person={person} />}</Known>
          )}
        </Route>
        <Route path="/desk/code">
          <CardPage state={state} />
        </Route>
        <Route path="/desk/link">
          <OpenLinkPage />
        </Route>
        <Route path="/desk/device/*?">
          <main className={classes(styles.main, styles.device)}>
            {device}
            {path === '/desk/device' && <KeysSwitch />}
          </main>
        </Route>
        <Route>
          <Nobody empty={people.length === 0} />
        </Route>
      </Switch>
    </div>
  );
}

function Known({
  person,
  children,
}: {
  readonly person: DeskPerson | undefined;
  readonly children: (person: DeskPerson) => ReactNode;
}) {
  return person ? children(person) : <Redirect to="/desk" replace />;
}

function SideHead() {
  const text = useText();
  return (
    <div className={styles.sideHead}>
      <span className={styles.appName}>{text(messages.name)}</span>
      <Badge>{text(messages.clinician)}</Badge>
      <span className={styles.sideHelp}>
        <HelpNow />
      </span>
    </div>
  );
}

function Side({ people, chosen, searchRef }: Omit<Parameters<typeof PeopleList>[0], 'now'>) {
  const text = useText();
  const session = useSession();
  return (
    <>
      <PeopleList people={people} chosen={chosen} searchRef={searchRef} now={Date.now()} />
      <div className={styles.sideActs}>
        <LinkButton href="/desk/code" look="quiet" small icon={<QrCode aria-hidden />}>
          {text(messages.myCode)}
        </LinkButton>
        <LinkButton href="/desk/link" look="line" small icon={<Link2 aria-hidden />}>
          {text(messages.openLink)}
        </LinkButton>
      </div>
      <div className={styles.sideFoot}>
        <LinkButton href="/desk/device" look="plain" small>
          {text(messages.thisComputer)}
        </LinkButton>
        <Button look="plain" small onClick={() => void session.lock()}>
          {text(messages.lockNow)}
        </Button>
        <p>
          <LockIcon aria-hidden />
          {text(messages.keysStay)}
        </p>
      </div>
    </>
  );
}

function Nobody({ empty }: { readonly empty: boolean }) {
  const text = useText();
  return (
    <DeskPane
      head={
        <h1 tabIndex={-1} data-screen-title>
          {text(empty ? messages.emptyTitle : messages.chooseTitle)}
        </h1>
      }
    >
      <p>{text(empty ? messages.emptyText : messages.chooseText)}</p>
      {empty ? (
        <div className={styles.personActs}>
          <LinkButton href="/desk/code" look="primary">
            {text(messages.myCode)}
          </LinkButton>
          <LinkButton href="/desk/link" look="quiet">
            {text(messages.openLink)}
          </LinkButton>
        </div>
      ) : (
        <p className={styles.quiet}>{text(messages.shortcuts)}</p>
      )}
    </DeskPane>
  );
}
