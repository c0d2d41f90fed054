import type { Plugin } from 'vite';
import type { ManifestOptions } from 'vite-plugin-pwa';
import { faces } from '../src/platform/faces.ts';

const { own, plain } = faces;

/** Colours repeat `--paper` in sRGB, because a manifest cannot read tokens. */
const both: Partial<ManifestOptions> = {
  lang: 'en-GB',
  dir: 'ltr',
  scope: '/',
  display: 'standalone',
  background_color: '#fbf9f4',
  theme_color: '#fbf9f4',
};

/** How a phone shows the installed app. */
export const webAppManifest: Partial<ManifestOptions> = {
  ...both,
  id: '/',
  name: own.name,
  short_name: own.name,
  description: own.about,
  start_url: '/',
  categories: ['health', 'lifestyle'],
  icons: [
    { src: own.icon, sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
    { src: own.picture, sizes: '192x192', type: 'image/png', purpose: 'any' },
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
      icons: [{ src: own.picture, sizes: '192x192', type: 'image/png' }],
    },
    {
      name: 'Help now',
      short_name: 'Help now',
      description: 'Numbers to call, also with no network',
      url: '/help',
      icons: [{ src: own.picture, sizes: '192x192', type: 'image/png' }],
    },
  ],
};

const plainPictures = [192, 512].map((size) => ({
  src: `/icons/plain-${size}.png`,
  sizes: `${size}x${size}`,
  type: 'image/png',
}));

/**
 * The same for who chose the plain name: another app to the browser, by its id (decision 0022). It shows no picture of
 * the screens, and says at its start which of the two it is.
 */
export const plainManifest: Partial<ManifestOptions> = {
  ...both,
  id: '/plain',
  name: plain.name,
  short_name: plain.name,
  description: plain.about,
  start_url: '/?plain',
  icons: [
    { src: plain.icon, sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
    ...plainPictures.flatMap((picture) => [
      { ...picture, purpose: 'any' as const },
      { ...picture, purpose: 'maskable' as const },
    ]),
  ],
  shortcuts: [
    { name: 'Write', url: '/?check-in', icons: plainPictures.slice(0, 1) },
    { name: 'Numbers', url: '/help', icons: plainPictures.slice(0, 1) },
  ],
};

/** Lays the plain manifest beside the other, before the service worker's list of files is made. */
export function plainManifestFile(): Plugin {
  return {
    name: 'evenkeel:plain-manifest',
    apply: 'build',
    generateBundle() {
      this.emitFile({
        type: 'asset',
        fileName: plain.manifest.slice(1),
        source: JSON.stringify(plainManifest),
      });
    },
  };
}
