import Upload from 'lucide-react/icons/upload';
import styles from './Me.module.css';

type ChooseFileProps = {
  readonly label: string;
  /** Kinds of file, as the browser's field takes them. */
  readonly accept: string;
  readonly busy?: boolean;
  /** Not the one next step of the page. */
  readonly quiet?: boolean;
  readonly onFile: (file: File) => void;
};

/** The browser's own file field, as a button. */
export function ChooseFile({ label, accept, busy = false, quiet = false, onFile }: ChooseFileProps) {
  return (
    <label className={styles.file}>
      <span className={styles.fileName} data-quiet={quiet}>
        <Upload aria-hidden />
        {label}
      </span>
      <input
        type="file"
        accept={accept}
        disabled={busy}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          // The same file can be chosen again after it was mended.
          event.currentTarget.value = '';
          if (file) onFile(file);
        }}
      />
    </label>
  );
}
