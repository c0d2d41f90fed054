import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Link } from 'wouter';
import styles from './Button.module.css';
import { classes } from './classes.ts';

/**
 * `primary`: the one next step of a screen. `quiet`: another good step. `line`: neither better nor worse.
 * `plain`: as quiet as a word. `stop`: takes something away, and asks first.
 */
export type ButtonLook = 'primary' | 'quiet' | 'line' | 'plain' | 'stop';

type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'style'> & {
  readonly look?: ButtonLook;
  readonly icon?: ReactNode;
  /** Takes the width of its container. */
  readonly wide?: boolean;
  readonly small?: boolean;
};

export function Button({
  look = 'line',
  icon,
  wide,
  small,
  type = 'button',
  children,
  ...rest
}: ButtonProps) {
  return (
    <button type={type} className={buttonClass(look, wide, small)} {...rest}>
      {icon}
      {children}
    </button>
  );
}

type LinkButtonProps = {
  readonly href: string;
  readonly look?: ButtonLook;
  readonly icon?: ReactNode;
  readonly wide?: boolean;
  readonly small?: boolean;
  readonly replace?: boolean;
  readonly children: ReactNode;
};

/** Looks like a button and goes to another screen of the app. */
export function LinkButton({
  href,
  look = 'line',
  icon,
  wide,
  small,
  replace = false,
  children,
}: LinkButtonProps) {
  return (
    <Link href={href} replace={replace} className={buttonClass(look, wide, small)}>
      {icon}
      {children}
    </Link>
  );
}

type IconButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'style' | 'aria-label'> & {
  readonly label: string;
  readonly icon: ReactNode;
};

/** A button that shows only a picture: `label` is its name for everybody who does not see it. */
export function IconButton({ label, icon, type = 'button', ...rest }: IconButtonProps) {
  return (
    <button type={type} className={styles.icon} aria-label={label} title={label} {...rest}>
      {icon}
    </button>
  );
}

/** A button inside a sentence. */
export function InlineButton({
  children,
  type = 'button',
  ...rest
}: Omit<ButtonProps, 'look' | 'icon' | 'wide' | 'small'>) {
  return (
    <button type={type} className={styles.inline} {...rest}>
      {children}
    </button>
  );
}

function buttonClass(look: ButtonLook, wide: boolean | undefined, small: boolean | undefined): string {
  return classes(styles.button, styles[look], wide && styles.wide, small && styles.small);
}
