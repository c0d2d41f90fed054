import { PLAN_SECTIONS } from '@evenkeel/journal';
import type { PlanSection } from '@evenkeel/journal';
import Printer from 'lucide-react/icons/printer';
import { useSyncExternalStore } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { useDiary, usePlan } from '../../session/session-context.tsx';
import { useDeviceWord } from '../../platform/media.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { Page, Quiet } from '../../ui/Page.tsx';
import { messages } from './messages.ts';
import { PlanSectionPart } from './PlanSectionPart.tsx';

/** The safety plan: seven parts in the person's own words. */
export function PlanPage() {
  const text = useText();
  const diary = useDiary();
  const plan = usePlan();
  const isOpen = useSyncExternalStore(diary.subscribe, diary.isPlanOpen);
  const device = useDeviceWord();
  const linesOf = (section: PlanSection) => plan.filter((line) => line.section === section);
  return (
    <Page
      title={text(messages.title)}
      onBack={() => window.history.back()}
      foot={
        plan.length > 0 && (
          <>
            <Button look="quiet" wide icon={<Printer aria-hidden />} onClick={() => window.print()}>
              {text(messages.print)}
            </Button>
            <Quiet>{text(messages.printNote)}</Quiet>
          </>
        )
      }
    >
      <Quiet>{text(messages.text)}</Quiet>
      {PLAN_SECTIONS.map((section) => (
        <PlanSectionPart
          key={section}
          section={section}
          lines={linesOf(section)}
          onAdd={(line) => diary.addPlanLine({ ...line, section })}
          onChange={(id, line) => diary.changePlanLine(id, line)}
          onRemove={(id) => diary.removePlanLine(id)}
          onUp={(id) =>
            diary.reorderPlan(
              movedUp(
                linesOf(section).map((line) => line.id),
                id,
              ),
            )
          }
        />
      ))}
      <Card rows>
        <Switch
          label={text(messages.whileLocked)}
          detail={text(messages.whileLockedMore, { device })}
          on={isOpen}
          onChange={(on) => void diary.openPlan(on)}
        />
      </Card>
    </Page>
  );
}

function movedUp(ids: readonly string[], id: string): readonly string[] {
  const at = ids.indexOf(id);
  const above = ids[at - 1];
  return above === undefined ? ids : ids.with(at - 1, id).with(at, above);
}
