import Camera from 'lucide-react/icons/camera';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { TextArea } from '../../ui/TextField.tsx';
import type { CameraProblem } from './camera.ts';
import { CameraView } from './CameraView.tsx';
import { messages, problemMessages } from './messages.ts';
import styles from './ScanOrPaste.module.css';

type ScanOrPasteProps = {
  /** Names the field: “Link or code”. */
  readonly label: string;
  readonly hint?: ReactNode;
  /** What was read or pasted, without blanks at its ends, and how it came. */
  readonly onText: (text: string, how: 'scanned' | 'pasted') => void;
  /** Why the last text was of no use; null while there was none. */
  readonly problem: string | null;
  readonly busy?: boolean;
};

/** Every code can come by camera or by hand, because not every device has a camera and not everybody may use it. */
export function ScanOrPaste({ label, hint, onText, problem, busy = false }: ScanOrPasteProps) {
  const text = useText();
  const [camera, setCamera] = useState<'off' | 'on' | CameraProblem>('off');
  const [pasted, setPasted] = useState('');
  const [missing, setMissing] = useState(false);
  const take = (found: string, how: 'scanned' | 'pasted') => {
    setCamera('off');
    onText(found.trim(), how);
  };
  return (
    <div className={styles.ways}>
      {camera === 'on' ? (
        <CameraView
          onText={(found) => take(found, 'scanned')}
          onProblem={setCamera}
          onStop={() => setCamera('off')}
        />
      ) : (
        <>
          {camera !== 'off' && (
            <Banner tone="care" live>
              {text(problemMessages[camera])}
            </Banner>
          )}
          <Button
            look="quiet"
            wide
            icon={<Camera aria-hidden />}
            onClick={() => setCamera('on')}
            disabled={busy}
          >
            {text(camera === 'off' ? messages.scan : messages.again)}
          </Button>
        </>
      )}
      <p className={styles.or}>{text(messages.or)}</p>
      <form
        className={styles.paste}
        onSubmit={(event) => {
          event.preventDefault();
          setMissing(pasted.trim() === '');
          if (pasted.trim() !== '') take(pasted, 'pasted');
        }}
      >
        <TextArea
          label={label}
          {...(hint === undefined ? {} : { hint })}
          rows={2}
          value={pasted}
          onChange={setPasted}
          problem={missing && pasted.trim() === '' ? text(messages.empty) : problem}
        />
        <Button look="primary" wide type="submit" disabled={busy}>
          {text(messages.use)}
        </Button>
      </form>
    </div>
  );
}
