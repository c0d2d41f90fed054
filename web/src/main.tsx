import './platform/older-browsers.ts';
import './ui/tokens.css';
import './ui/fonts.css';
import './ui/base.css';
import { I18nProvider } from '@lingui/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { InsecurePage } from './app/InsecurePage.tsx';
import { followAppearance } from './app/theme.ts';
import { i18n } from './i18n/i18n.ts';
import { startAppUpdates } from './platform/app-update.ts';
import { followIncomingLinks } from './platform/incoming-link.ts';
import { followInstalling } from './platform/installing.ts';
import { followFace } from './platform/shown-face.ts';
import { openSession } from './session/open-session.ts';

followFace();
followAppearance();
followIncomingLinks();
followInstalling();

const root = document.getElementById('root');
if (!root) throw new Error('The page has no place for the app.');

if (window.isSecureContext) {
  createRoot(root).render(
    <StrictMode>
      <App session={openSession()} />
    </StrictMode>,
  );
  void startAppUpdates();
} else {
  createRoot(root).render(
    <I18nProvider i18n={i18n}>
      <InsecurePage />
    </I18nProvider>,
  );
}
