import { useLingui } from '@lingui/react';
import Printer from 'lucide-react/icons/printer';
import { useState } from 'react';
import { dateOf } from '../../i18n/dates.ts';
import { useText } from '../../i18n/use-text.ts';
import { useMe, useMeState } from '../../session/me-context.tsx';
import type { Kit } from '../../session/me-contract.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { classes } from '../../ui/classes.ts';
import { Page, Quiet } from '../../ui/Page.tsx';
import { areGivenBack, threePlaces } from './kit-check.ts';
import { CheckKit, KitPaper } from './KitViews.tsx';
import { messages } from './messages.ts';
import styles from './Me.module.css';

type Step = 'start' | 'words' | 'check' | 'checked';

/** Makes the kit, shows its words once, asks three of them back. */
export function KitPage({ onBack }: { readonly onBack: () => void }) {
  const text = useText();
  const { i18n } = useLingui();
  const me = useMe();
  const { known, kit: state } = useMeState();
  const [step, setStep] = useState<Step>('start');
  const [kit, setKit] = useState<Kit | null>(null);
  const [places, setPlaces] = useState<readonly number[]>([]);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState(false);

  const make = async () => {
    setBusy(true);
    const made = await me.makeKit().finally(() => setBusy(false));
    setKit(made);
    setStep('words');
  };
  const check = async (answers: readonly string[]) => {
    if (!kit || !areGivenBack(kit.words, places, answers)) {
      setWrong(true);
      return;
    }
    await me.confirmKit();
    setKit(null);
    setStep('checked');
  };

  if (step === 'words' && kit) {
    return (
      <Page onBack={() => setStep('start')} question={text(messages.kitTitle)}>
        <div className={styles.offPaper}>
          <Banner tone="care">{text(messages.kitOnce)}</Banner>
        </div>
        <KitPaper kit={kit} />
        <div className={classes(styles.offPaper, styles.two)}>
          <Button look="quiet" icon={<Printer aria-hidden />} onClick={() => window.print()}>
            {text(messages.kitPrint)}
          </Button>
          <Button
            look="primary"
            onClick={() => {
              setPlaces(threePlaces(kit.words.length));
              setWrong(false);
              setStep('check');
            }}
          >
            {text(messages.kitHave)}
          </Button>
        </div>
      </Page>
    );
  }
  if (step === 'check' && kit) {
    return (
      <Page onBack={() => setStep('words')} question={text(messages.checkTitle)}>
        <CheckKit
          places={places}
          wrong={wrong}
          onCheck={(answers) => void check(answers)}
          onBack={() => setStep('words')}
        />
      </Page>
    );
  }
  if (step === 'checked') {
    return (
      <Page onBack={onBack} question={text(messages.checkedTitle)}>
        <p>{text(messages.checkedText)}</p>
        <Button look="primary" wide onClick={onBack}>
          {text(messages.done)}
        </Button>
      </Page>
    );
  }
  return (
    <Page onBack={onBack} title={text(messages.kitTitle)} known={known}>
      <p>{text(messages.kitText)}</p>
      <p>{text(messages.kitWarn)}</p>
      {state.status === 'unchecked' && (
        <Banner tone="care">{text(messages.kitUncheckedText, { date: dateOf(i18n, state.madeAt) })}</Banner>
      )}
      {state.status === 'checked' && (
        <Banner>
          {text(messages.kitCheckedText, {
            made: dateOf(i18n, state.madeAt),
            checked: dateOf(i18n, state.checkedAt),
          })}
        </Banner>
      )}
      {state.status !== 'none' && <Quiet>{text(messages.kitNewText)}</Quiet>}
      <Button
        look={state.status === 'checked' ? 'line' : 'primary'}
        wide
        disabled={busy}
        onClick={() => void make()}
      >
        {text(busy ? messages.kitMaking : state.status === 'none' ? messages.kitMake : messages.kitMakeNew)}
      </Button>
    </Page>
  );
}
