import type { LocalDay } from '@evenkeel/journal';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import BookOpen from 'lucide-react/icons/book-open';
import Search from 'lucide-react/icons/search';
import SlidersHorizontal from 'lucide-react/icons/sliders-horizontal';
import Trash2 from 'lucide-react/icons/trash-2';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { CSSProperties, RefObject } from 'react';
import { useText } from '../../i18n/use-text.ts';
import type { DiaryDay, Found, Moment, SearchState } from '../../session/contract.ts';
import type { Wanted } from '../../session/search-contract.ts';
import type { MomentLine } from '../../session/use-moment-line.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button, IconButton, InlineButton, LinkButton } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { MomentRow } from '../../ui/MomentRow.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { TopBar } from '../../ui/TopBar.tsx';
import { FoundLine } from './FoundLine.tsx';
import styles from './Journal.module.css';
import { JournalFilters } from './JournalFilters.tsx';
import { MonthPicker } from './MonthPicker.tsx';
import { messages } from './messages.ts';

type JournalViewProps = {
  readonly device: 'phone' | 'computer';
  readonly search: SearchState;
  readonly onWant: (wanted: Wanted) => void;
  /** What `days` were chosen by; null when they are all there are. */
  readonly found: Found | null;
  readonly today: LocalDay;
  readonly onGoTo: (day: LocalDay) => void;
  /** The newest day of each month that holds entries, oldest first. */
  readonly months: readonly LocalDay[];
  /** Newest first. */
  readonly days: readonly DiaryDay[];
  readonly nameOf: (day: string) => string;
  readonly lineOf: (moment: Moment) => MomentLine;
  /** Older days exist that are not open yet. */
  readonly more: boolean;
  readonly opening: boolean;
  /** The day to show first; null for the newest. */
  readonly standAt: string | null;
  readonly onOlder: () => void;
  readonly binCount: number;
  readonly justBinned: boolean;
  readonly onUndoBin: () => void;
};

export function JournalView(props: JournalViewProps) {
  const { search, onWant, found, days, more, opening, onOlder, binCount, justBinned } = props;
  const { wanted } = search;
  const text = useText();
  const [choosing, setChoosing] = useState(false);
  const [asked, setAsked] = useState(0);
  const stood = useRef<string | null>(null);
  const goTo = (day: LocalDay) => {
    setAsked(asked + 1);
    props.onGoTo(day);
  };
  const empty = days.length === 0 && !more && search.found === null && found === null;
  return (
    <div className={styles.journal}>
      <TopBar title={text(messages.title)} />
      <div role="status" className={styles.status}>
        {justBinned && (
          <Banner>
            <div className={styles.binned}>
              <span>{text(messages.binned)}</span>
              <InlineButton onClick={props.onUndoBin}>{text(messages.undo)}</InlineButton>
            </div>
          </Banner>
        )}
      </div>
      {!empty && (
        <div className={styles.seek}>
          <TextField
            type="search"
            label={text(messages.search, { device: props.device })}
            quietLabel
            value={wanted.sought}
            onChange={(sought) => onWant({ ...wanted, sought })}
            icon={<Search aria-hidden />}
          />
          {props.months.length > 1 && <MonthPicker months={props.months} onGoTo={goTo} />}
          <IconButton
            label={text(messages.filters)}
            aria-expanded={choosing}
            icon={<SlidersHorizontal aria-hidden />}
            onClick={() => setChoosing(!choosing)}
          />
        </div>
      )}
      {!empty && choosing && (
        <JournalFilters search={search} onWant={onWant} today={props.today} onGoTo={goTo} />
      )}
      {!empty && <FoundLine search={search} onWant={onWant} />}
      {empty && (
        <EmptyState
          icon={<BookOpen aria-hidden />}
          title={text(messages.empty)}
          action={
            <LinkButton href="/" look="quiet">
              {text(messages.toToday)}
            </LinkButton>
          }
        >
          <p>{text(messages.emptyMore)}</p>
        </EmptyState>
      )}
      {days.length > 0 && <Days {...props} choosing={choosing} asked={asked} stood={stood} />}
      <div className={styles.end}>
        {more && (
          <Button look="line" small onClick={onOlder} disabled={opening}>
            {text(opening ? messages.opening : messages.older)}
          </Button>
        )}
        {binCount > 0 && (
          <LinkButton href="/journal/bin" look="plain" small icon={<Trash2 aria-hidden />}>
            {text(messages.binLink)}
          </LinkButton>
        )}
      </div>
    </div>
  );
}

type DaysProps = JournalViewProps & {
  readonly choosing: boolean;
  /** How often a day was asked for here: the same one may be again. */
  readonly asked: number;
  /** The day it stood at last; outlives the list, which goes while nothing is found. */
  readonly stood: RefObject<string | null>;
};

/** Only the days near the window are in the page; the others keep their room. */
function Days({
  days,
  nameOf,
  lineOf,
  more,
  opening,
  onOlder,
  found,
  standAt,
  choosing,
  asked,
  stood,
}: DaysProps) {
  const list = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  // The list moves when filters open above it, and when what was found is said.
  useLayoutEffect(() => setTop(list.current?.offsetTop ?? 0), [choosing, found]);

  const rows = useWindowVirtualizer({
    count: days.length,
    estimateSize: (index) => 40 + 96 * (days[index]?.moments.length ?? 1),
    getItemKey: (index) => days[index]?.day ?? index,
    overscan: 6,
    scrollMargin: top,
  });
  const shown = rows.getVirtualItems();
  const place = standAt === null || found !== null ? -1 : days.findIndex(({ day }) => day <= standAt);
  const heading = useRef<HTMLHeadingElement>(null);
  const onTheWay = useRef(false);
  useEffect(() => {
    // Once each time, when the day is there: from then on the person scrolls.
    const going = `${standAt} ${asked}`;
    if (place < 0 || stood.current === going) return;
    stood.current = going;
    onTheWay.current = true;
    rows.scrollToIndex(place, { align: 'start' });
  }, [place, standAt, asked, stood, rows]);
  useEffect(() => {
    // The day is drawn only when the window has come near it.
    if (!onTheWay.current || heading.current === null) return;
    onTheWay.current = false;
    heading.current.focus({ preventScroll: true });
  });
  const last = shown.at(-1)?.index ?? 0;

  useEffect(() => {
    if (more && !opening && found === null && last >= days.length - 3) onOlder();
  }, [more, opening, found, last, days.length, onOlder]);

  const room: CSSProperties = { '--room': `${rows.getTotalSize()}px` };
  return (
    <div ref={list} className={styles.days} style={room}>
      {shown.map((row) => {
        const day = days[row.index];
        if (!day) return null;
        const style: CSSProperties = { '--top': `${row.start - top}px` };
        return (
          <section
            key={row.key}
            ref={rows.measureElement}
            data-index={row.index}
            className={styles.day}
            style={style}
            aria-label={nameOf(day.day)}
          >
            <h2
              className={styles.name}
              {...(row.index === place && { ref: heading, tabIndex: -1, 'data-screen-title': true })}
            >
              {nameOf(day.day)}
            </h2>
            <Card rows>
              {day.moments.map((moment) => (
                <JournalRow key={moment.id} moment={moment} line={lineOf(moment)} whole={found !== null} />
              ))}
            </Card>
          </section>
        );
      })}
    </div>
  );
}

type JournalRowProps = {
  readonly moment: Moment;
  readonly line: MomentLine;
  /** All of what it holds: what was looked for may stand at its end. */
  readonly whole: boolean;
};

function JournalRow({ moment, line, whole }: JournalRowProps) {
  return (
    <MomentRow
      href={`/entry/${moment.id}`}
      mood={moment.mood ?? {}}
      title={line.title}
      detail={line.detail}
      {...(whole ? {} : { lines: 2 })}
      written={line.written}
      time={line.time}
      safety={line.safety}
      notes={line.notes.map((note) => (
        <span key={note}>{note}</span>
      ))}
    />
  );
}
