import { useText } from '../i18n/use-text.ts';
import { messages } from './messages.ts';
import { Notice } from './Notice.tsx';

/** Shown instead of the app where the browser gives no secure context. Nothing else is started. */
export function InsecurePage() {
  const text = useText();
  const { port } = window.location;
  const address = `http://localhost${port === '' ? '' : `:${port}`}`;
  return (
    <Notice title={text(messages.insecureTitle)}>
      <p>{text(messages.insecureWhy)}</p>
      <p>{text(messages.insecureWays)}</p>
      <ul>
        <li>{text(messages.insecureLocal, { address })}</li>
        <li>{text(messages.insecureTls)}</li>
        <li>{text(messages.insecureProxy)}</li>
      </ul>
      <p>{text(messages.insecureRead)}</p>
    </Notice>
  );
}
