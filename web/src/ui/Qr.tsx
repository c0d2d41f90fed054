import encodeQR from 'qr';
import { useMemo } from 'react';
import styles from './Qr.module.css';

type QrProps = {
  /** What a camera reads. */
  readonly value: string;
  /** What it is for, for somebody who does not see it: “Code to add this device”. */
  readonly label: string;
  /** For a long text, whose squares are small: as large as a tablet. */
  readonly large?: boolean;
};

/** A QR code as vector squares, dark on light in both themes, with the quiet zone of four modules. */
export function Qr({ value, label, large = false }: QrProps) {
  const { path, size } = useMemo(() => drawing(value), [value]);
  return (
    <svg
      className={large ? styles.large : styles.qr}
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} className={styles.paper} />
      <path d={path} className={styles.modules} />
    </svg>
  );
}

function drawing(value: string): { readonly path: string; readonly size: number } {
  const rows = encodeQR(value, 'raw', { ecc: 'medium', border: 4 });
  const path = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return { path, size: rows.length };
}
