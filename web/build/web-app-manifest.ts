import type { ManifestOptions } from 'vite-plugin-pwa';

/** How a phone shows the installed app. Colours repeat `--paper` in sRGB, because a manifest cannot read tokens. */
export const webAppManifest: Partial<ManifestOptions> = {
  id: '/',
  name: 'Evenkeel',
  short_name: 'Evenkeel',
  description: 'A diary of moods and values that only you can open.',
  lang: 'en-GB',
  dir: 'ltr',
  start_url: '/',
  scope: '/',
  display: 'standalone',
  background_color: '#fbf9f4',
  theme_color: '#fbf9f4',
  categories: ['health', 'lifestyle'],
  icons: [
    { src: '/icons/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
    { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
    { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
    { src: '/icons/maskable-192.png', sizes: '192x192', type: 'image/png', purpose: 'maskable' },
    { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
  screenshots: [
    {
      src: '/screenshots/today-phone.png',
      sizes: '780x1688',
      type: 'image/png',
      form_factor: 'narrow',
      label: 'Touch the sea to say how you are',
    },
    {
      src: '/screenshots/check-in-phone.png',
      sizes: '780x1688',
      type: 'image/png',
      form_factor: 'narrow',
      label: 'Words, what matters and what was around',
    },
    {
      src: '/screenshots/today-wide.png',
      sizes: '1360x900',
      type: 'image/png',
      form_factor: 'wide',
      label: 'The same on a computer',
    },
  ],
  shortcuts: [
    {
      name: 'Check in',
      short_name: 'Check in',
      description: 'Log how you are now',
      url: '/?check-in',
      icons: [{ src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' }],
    },
    {
      name: 'Help now',
      short_name: 'Help now',
      description: 'Numbers to call, also with no network',
      url: '/help',
      icons: [{ src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' }],
    },
  ],
};
