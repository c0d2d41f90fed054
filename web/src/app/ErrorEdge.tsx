import { Component } from 'react';
import type { ReactNode } from 'react';
import { useText } from '../i18n/use-text.ts';
import { useDeviceWord } from '../platform/media.ts';
import { Button } from '../ui/Button.tsx';
import { HelpNow } from '../ui/TopBar.tsx';
import { messages } from './messages.ts';
import { Notice } from './Notice.tsx';

type ErrorEdgeProps = { readonly children: ReactNode };
type ErrorEdgeState = { readonly fault: unknown };

/** The one place where faults of screens end: says what happened, what is safe, and what to do. */
export class ErrorEdge extends Component<ErrorEdgeProps, ErrorEdgeState> {
  override readonly state: ErrorEdgeState = { fault: null };

  static getDerivedStateFromError(fault: unknown): ErrorEdgeState {
    return { fault: fault ?? new Error('unknown') };
  }

  override render(): ReactNode {
    if (this.state.fault === null) return this.props.children;
    return <Broken code={codeOf(this.state.fault)} />;
  }
}

function Broken({ code }: { readonly code: string }) {
  const text = useText();
  const device = useDeviceWord();
  return (
    <Notice
      title={text(messages.brokenTitle)}
      action={
        <>
          <Button look="primary" wide onClick={() => window.location.assign('/')}>
            {text(messages.toStart)}
          </Button>
          <Button look="line" wide onClick={() => window.location.reload()}>
            {text(messages.brokenAgain)}
          </Button>
          <HelpNow />
        </>
      }
    >
      <p>{text(messages.brokenWhat)}</p>
      <p>{text(messages.brokenSafe, { device })}</p>
      <p>{text(messages.brokenDo)}</p>
      <p>{text(messages.brokenCode, { code })}</p>
    </Notice>
  );
}

/** The name or code of a fault, never its message: a message could hold something the person wrote. */
function codeOf(fault: unknown): string {
  if (typeof fault === 'object' && fault !== null && 'code' in fault && typeof fault.code === 'string')
    return fault.code;
  return fault instanceof Error ? fault.name : 'unknown';
}
