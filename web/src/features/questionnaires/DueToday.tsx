import { scaleOf } from '@evenkeel/instruments';
import ClipboardList from 'lucide-react/icons/clipboard-list';
import { useText } from '../../i18n/use-text.ts';
import { useToday } from '../../platform/passing-time.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { RowLink } from '../../ui/Row.tsx';
import { messages } from './messages.ts';
import { duePlans, useMoveOn, usePlans } from './plan.ts';
import styles from './Questionnaires.module.css';

/** What the person asked to be shown today: a line for each, and a way to leave it out. */
export function DueToday() {
  const text = useText();
  const moveOn = useMoveOn();
  const due = duePlans(usePlans(), useToday());
  if (due.length === 0) return null;
  return (
    <Card rows>
      {due.map(({ instrument, everyDays }) => (
        <div key={instrument} className={styles.dueRow}>
          <RowLink
            href={`/questionnaires/${instrument}`}
            lead={<ClipboardList aria-hidden />}
            title={text(messages.isDue, { title: scaleOf(instrument).title })}
            detail={text(messages.isDueMore, { n: everyDays })}
          />
          <Button look="plain" small onClick={() => void moveOn(instrument)}>
            {text(messages.leaveOut)}
          </Button>
        </div>
      ))}
    </Card>
  );
}
