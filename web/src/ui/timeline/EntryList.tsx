import { useLingui } from '@lingui/react';
import Search from 'lucide-react/icons/search';
import { useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { Badge } from '../Badge.tsx';
import { Button } from '../Button.tsx';
import { Chip, Chips } from '../Chip.tsx';
import { MomentRow } from '../MomentRow.tsx';
import { questionnaireNotices } from '../questionnaire-words.ts';
import { TextField } from '../TextField.tsx';
import styles from './EntryList.module.css';
import { everything, isFiltering, isListed } from './entry-filter.ts';
import type { EntryFilter } from './entry-filter.ts';
import { messages } from './messages.ts';
import type { MoodSpeech } from './mood-speech.ts';
import { PrintedEntries } from './PrintedEntries.tsx';
import type { ShownMoment } from './shown-moment.ts';
import { shownDetail, shownTitle, shownWhen, writtenLater } from './shown-words.ts';

type EntryListProps = {
  /** Oldest first; listed newest first. */
  readonly moments: readonly ShownMoment[];
  readonly speech: MoodSpeech;
  /** Ids marked as new. */
  readonly fresh?: ReadonlySet<string>;
  /** Entries drawn at first, and with each “show more”. */
  readonly page?: number;
};

/** The entries behind the charts, with the filters that a reader needs. */
export function EntryList({ moments, speech, fresh, page = 30 }: EntryListProps) {
  const text = useText();
  const [filter, setFilter] = useState<EntryFilter>(everything);
  const [shown, setShown] = useState(page);
  const listed = moments.filter((moment) => isListed(moment, filter)).toReversed();
  const change = (part: Partial<EntryFilter>) => {
    setFilter({ ...filter, ...part });
    setShown(page);
  };
  const side = (name: 'pleasant' | 'unpleasant') => () =>
    change({ side: filter.side === name ? 'any' : name });
  return (
    <section className={styles.entries}>
      <div className={styles.head}>
        <h2 className={styles.title}>{text(messages.entries)}</h2>
        <span className={styles.count} role="status">
          {text(messages.entryCount, { n: listed.length })}
        </span>
      </div>
      <div className={styles.filters} data-screen-only>
        <TextField
          type="search"
          label={text(messages.search)}
          quietLabel
          icon={<Search aria-hidden />}
          value={filter.search}
          onChange={(search) => change({ search })}
        />
        <Chips label={text(messages.filters)}>
          <Chip on={filter.side === 'pleasant'} onToggle={side('pleasant')}>
            {text(messages.sidePleasant)}
          </Chip>
          <Chip on={filter.side === 'unpleasant'} onToggle={side('unpleasant')}>
            {text(messages.sideUnpleasant)}
          </Chip>
          {moments.some((moment) => moment.text) && (
            <Chip on={filter.withText} onToggle={() => change({ withText: !filter.withText })}>
              {text(messages.withText)}
            </Chip>
          )}
        </Chips>
      </div>
      {listed.length === 0 && (
        <p className={styles.none}>
          {text(isFiltering(filter) ? messages.noneFound : messages.nothing)}
          {isFiltering(filter) && (
            <Button look="plain" small onClick={() => change(everything)}>
              {text(messages.showAll)}
            </Button>
          )}
        </p>
      )}
      <ul className={styles.list} data-screen-only>
        {listed.slice(0, shown).map((moment) => (
          <li key={moment.id}>
            <ShownMomentRow moment={moment} speech={speech} fresh={fresh?.has(moment.id) ?? false} />
          </li>
        ))}
      </ul>
      <PrintedEntries moments={listed} speech={speech} />
      {listed.length > shown && (
        <div data-screen-only>
          <Button look="line" small onClick={() => setShown(shown + page)}>
            {text(messages.more, { n: Math.min(page, listed.length - shown) })}
          </Button>
        </div>
      )}
    </section>
  );
}

type ShownMomentRowProps = {
  readonly moment: ShownMoment;
  readonly speech: MoodSpeech;
  readonly fresh: boolean;
  /** Leaves the values out, where a table beside the list holds them. */
  readonly brief?: boolean;
};

/** One shared entry, with all of what was written. */
export function ShownMomentRow({ moment, speech, fresh, brief = false }: ShownMomentRowProps) {
  const text = useText();
  const { i18n } = useLingui();
  const later = writtenLater(text, i18n, moment);
  const notices = moment.questionnaire ? questionnaireNotices(text, moment.questionnaire) : [];
  return (
    <>
      <MomentRow
        mood={moment.mood ?? {}}
        title={shownTitle(text, speech, moment)}
        detail={shownDetail(text, speech, brief ? { ...moment, values: [] } : moment)}
        {...(brief ? { lines: 2 } : {})}
        time={shownWhen(text, i18n, moment)}
        {...(later !== null || fresh || notices.length > 0
          ? {
              notes: (
                <>
                  {later}
                  {fresh && <Badge tone="good">{text(messages.fresh)}</Badge>}
                  {notices.map((notice) => (
                    <Badge key={notice} tone="care">
                      {notice}
                    </Badge>
                  ))}
                </>
              ),
            }
          : {})}
      />
      {moment.text && <p className={styles.text}>{moment.text}</p>}
    </>
  );
}
