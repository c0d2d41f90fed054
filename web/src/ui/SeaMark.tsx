import styles from './SeaMark.module.css';

/** The mark of the app: the sea, level, in a circle. */
export function SeaMark() {
  return <img className={styles.mark} src="/icons/icon.svg" alt="" width={150} height={150} />;
}
