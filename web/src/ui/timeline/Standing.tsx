import { PLAN_SECTIONS } from '@evenkeel/journal';
import { useLingui } from '@lingui/react';
import { useText } from '../../i18n/use-text.ts';
import { Card } from '../Card.tsx';
import type { ShownStanding } from './shown-standing.ts';
import { conditionWords, planSectionNames, standingMessages } from './standing-words.ts';
import styles from './Standing.module.css';

export function Standing({ standing }: { readonly standing: ShownStanding }) {
  const text = useText();
  const { i18n } = useLingui();
  const { conditions, plan } = standing;
  return (
    <>
      {conditions.length > 0 && (
        <Card>
          <h2 className={styles.title}>{text(standingMessages.conditions)}</h2>
          <ul className={styles.lines}>
            {conditions.map((condition) => (
              <li key={condition.id}>
                {conditionWords(text, i18n, condition)}
                {condition.note !== '' && <p className={styles.note}>{condition.note}</p>}
              </li>
            ))}
          </ul>
        </Card>
      )}
      {plan.length > 0 && (
        <Card>
          <h2 className={styles.title}>{text(standingMessages.plan)}</h2>
          {PLAN_SECTIONS.map((section) => ({
            section,
            lines: plan.filter((line) => line.section === section),
          }))
            .filter(({ lines }) => lines.length > 0)
            .map(({ section, lines }) => (
              <section key={section}>
                <h3 className={styles.section}>{text(planSectionNames[section])}</h3>
                <ul className={styles.lines}>
                  {lines.map((line) => (
                    <li key={line.id}>
                      {line.phone === undefined ? line.text : `${line.text} · ${line.phone}`}
                    </li>
                  ))}
                </ul>
              </section>
            ))}
        </Card>
      )}
    </>
  );
}
