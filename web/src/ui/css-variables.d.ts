import 'react';

declare module 'react' {
  interface CSSProperties {
    /** Custom properties that a component hands to its stylesheet. */
    readonly [name: `--${string}`]: string | number | undefined;
  }
}
