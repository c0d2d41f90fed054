import { useEffect, useId, useRef } from 'react';
import type { ReactNode } from 'react';
import { useText } from '../i18n/use-text.ts';
import { Button } from './Button.tsx';
import { classes } from './classes.ts';
import styles from './Dialog.module.css';
import { messages } from './messages.ts';
import { TopBar } from './TopBar.tsx';

type ModalProps = {
  readonly open: boolean;
  /** Also called by Escape and by a touch beside it. */
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly className: string | undefined;
  readonly labelledBy?: string;
  readonly label?: string;
  readonly role?: 'dialog' | 'alertdialog';
};

/** A native modal dialog: the page behind is inert, focus comes back to where it was. */
function Modal({ open, onClose, children, className, labelledBy, label, role }: ModalProps) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    if (open && !dialog.open) {
      dialog.showModal();
      // The browser would focus the first button, which is the one that leaves.
      (dialog.querySelector<HTMLElement>('[data-first-focus]') ?? dialog).focus();
    }
    if (!open && dialog.open) dialog.close();
  }, [open]);
  return (
    <dialog
      ref={ref}
      role={role}
      tabIndex={-1}
      className={className}
      aria-labelledby={labelledBy}
      aria-label={label}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      {open && children}
    </dialog>
  );
}

type SheetProps = {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly children: ReactNode;
  /** Stays in reach of the thumb while the rest scrolls: the one next step. */
  readonly foot?: ReactNode;
  /** Fills the phone, with this line in its bar instead of the title. */
  readonly whole?: ReactNode;
};

/** Rises from below on a phone; stands in the middle on a wide screen. Help and the way out stay in reach. */
export function Sheet({ open, onClose, title, children, foot, whole }: SheetProps) {
  const id = useId();
  return (
    <Modal
      open={open}
      onClose={onClose}
      className={classes(styles.modal, styles.sheet, whole !== undefined && styles.whole)}
      {...(whole === undefined ? { labelledBy: id } : { label: title })}
    >
      <div className={styles.frame}>
        <div className={styles.head}>
          <TopBar
            leaves
            closes={whole === undefined}
            onBack={onClose}
            note={
              whole ?? (
                <h2 id={id} tabIndex={-1}>
                  {title}
                </h2>
              )
            }
          />
        </div>
        <div className={styles.body}>{children}</div>
        {foot !== undefined && <div className={styles.foot}>{foot}</div>}
      </div>
    </Modal>
  );
}

type ConfirmProps = {
  readonly open: boolean;
  readonly title: string;
  /** What will happen, and what cannot be undone. */
  readonly children: ReactNode;
  readonly yes: string;
  readonly no?: string;
  readonly stop?: boolean;
  readonly busy?: boolean;
  readonly onYes: () => void;
  readonly onNo: () => void;
};

/** Asks before something is taken away. The safe answer has the focus. */
export function Confirm({
  open,
  title,
  children,
  yes,
  no,
  stop = false,
  busy = false,
  onYes,
  onNo,
}: ConfirmProps) {
  const text = useText();
  const id = useId();
  return (
    <Modal
      open={open}
      onClose={onNo}
      labelledBy={id}
      role="alertdialog"
      className={classes(styles.modal, styles.confirm)}
    >
      <div className={styles.question}>
        <TopBar note={<h2 id={id}>{title}</h2>} />
        <div className={styles.consequence}>{children}</div>
        <div className={styles.answers}>
          <Button look="line" onClick={onNo} data-first-focus>
            {no ?? text(messages.cancel)}
          </Button>
          <Button look={stop ? 'stop' : 'primary'} onClick={onYes} disabled={busy}>
            {yes}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
