import type { Message } from '../../i18n/define-messages.ts';
import { useText } from '../../i18n/use-text.ts';
import { Chip, Chips } from '../../ui/Chip.tsx';
import { Page } from '../../ui/Page.tsx';
import { messages } from './messages.ts';

/** `system` follows the device. */
export type Appearance = 'system' | 'light' | 'dark';

/** How it is said in a list. */
export const appearanceMessages = {
  system: messages.appearanceSystem,
  light: messages.appearanceLight,
  dark: messages.appearanceDark,
} satisfies Record<Appearance, Message>;

type AppearancePageProps = {
  readonly appearance: Appearance;
  readonly onChoose: (appearance: Appearance) => void;
  readonly onBack: () => void;
};

export function AppearancePage({ appearance, onChoose, onBack }: AppearancePageProps) {
  const text = useText();
  const choices = [
    ['system', messages.lookSystem],
    ['light', messages.lookLight],
    ['dark', messages.lookDark],
  ] as const;
  return (
    <Page title={text(messages.lookTitle)} onBack={onBack}>
      <Chips label={text(messages.look)}>
        {choices.map(([choice, name]) => (
          <Chip key={choice} on={appearance === choice} onToggle={() => onChoose(choice)}>
            {text(name)}
          </Chip>
        ))}
      </Chips>
    </Page>
  );
}
