import { useText } from '../../i18n/use-text.ts';
import { faces } from '../../platform/faces.ts';
import type { Face } from '../../platform/faces.ts';
import { isKeptApart } from '../../platform/installing.ts';
import { chooseFace, useFace } from '../../platform/shown-face.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { Chip, Chips } from '../../ui/Chip.tsx';
import { Page, PagePart } from '../../ui/Page.tsx';
import styles from './Me.module.css';
import { messages } from './name-messages.ts';

const choices: readonly Face[] = ['own', 'plain'];

/** A plain name and picture for those who share a screen or a home, and what neither of them hides. */
export function NamePage({ onBack }: { readonly onBack: () => void }) {
  const text = useText();
  const face = useFace();
  return (
    <Page title={text(messages.title)} onBack={onBack}>
      <p>{text(messages.why)}</p>
      <Chips label={text(messages.choose)}>
        {choices.map((choice) => (
          <Chip key={choice} on={face === choice} onToggle={() => chooseFace(choice)}>
            <span className={styles.face} translate="no">
              <img src={faces[choice].icon} alt="" width={32} height={32} />
              {faces[choice].name}
            </span>
          </Chip>
        ))}
      </Chips>
      <PagePart title={text(messages.atOnce)}>
        <p>{text(messages.atOnceMore)}</p>
      </PagePart>
      <PagePart title={text(messages.install)}>
        <p>{text(messages.installMore)}</p>
        <LinkButton href="/me/install" look="quiet" wide>
          {text(messages.toInstall)}
        </LinkButton>
      </PagePart>
      <PagePart title={text(messages.before)}>
        <p>{text(messages.beforeMore)}</p>
        <p>{text(isKeptApart() ? messages.beforeApart : messages.beforeRemove)}</p>
      </PagePart>
      <PagePart title={text(messages.not)}>
        <ul className={styles.points}>
          <li>{text(messages.notAddress)}</li>
          <li>{text(messages.notScreens)}</li>
          <li>{text(messages.notOlder)}</li>
        </ul>
      </PagePart>
    </Page>
  );
}
