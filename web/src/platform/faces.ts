/**
 * The two names and pictures the app can go by. Read by the page, by the service worker, which has to know them while
 * no page is open, and by the build, which writes a manifest for each.
 */
export type Face = 'own' | 'plain';

type Shown = {
  /** In the title, in notices, at the edge of a wide screen; no translation of ours. */
  readonly name: string;
  /** What a browser may show beside the name. */
  readonly about: string;
  readonly icon: string;
  /** The same in pixels, for home screens and notices that draw no SVG. */
  readonly picture: string;
  readonly manifest: string;
};

export const faces: Readonly<Record<Face, Shown>> = {
  own: {
    name: 'Evenkeel',
    about: 'A diary of moods and values that only you can open.',
    icon: '/icons/icon.svg',
    picture: '/icons/icon-192.png',
    manifest: '/manifest.webmanifest',
  },
  plain: {
    name: 'Notes',
    about: 'Notes on this device.',
    icon: '/icons/plain.svg',
    picture: '/icons/plain-192.png',
    manifest: '/plain.webmanifest',
  },
};

/** An empty cache of this name says “plain” to the service worker, which cannot read what the page reads. */
export const PLAIN_MARK = 'evenkeel-plain';

/** The page as it comes with the app, with everything in it that names the app made plain. */
export function inPlain(html: string): string {
  const { own, plain } = faces;
  return [
    [own.about, plain.about],
    [own.name, plain.name],
    [own.icon, plain.icon],
    [own.picture, plain.picture],
    [own.manifest, plain.manifest],
  ].reduce((page, [from = '', to = '']) => page.replaceAll(from, to), html);
}
