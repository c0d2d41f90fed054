/**
 * A link that opened this page: `#join/…` an invitation to the server, `#i/…` a person's sharing link, `#link/…`
 * another device that wants in. The fragment never left the browser; it is taken out of the address at once,
 * so that it is in no history, and kept in memory until its screen has used it.
 */
export type IncomingDoor = 'join' | 'i' | 'link';

type Incoming = { readonly door: IncomingDoor; readonly text: string };

let incoming: Incoming | null = null;

const screens: Readonly<Record<IncomingDoor, string>> = {
  join: '/me/server/join',
  i: '/desk/link',
  link: '/me/devices/add',
};

/** Call once at the start, before anything is drawn. Returns the screen that the link belongs to, or null. */
export function takeIncomingLink(): string | null {
  const door = doorOf(window.location.hash);
  if (door === null) return null;
  incoming = { door, text: window.location.href };
  window.history.replaceState(null, '', window.location.pathname + window.location.search);
  return screens[door];
}

/** Goes to the screen of a link that opened the page, and of one that is followed while it is open. */
export function followIncomingLinks(): void {
  const follow = (): void => {
    const screen = takeIncomingLink();
    if (screen === null) return;
    window.history.replaceState(null, '', screen);
    // wouter hears of a new address by this event alone.
    window.dispatchEvent(new PopStateEvent('popstate'));
  };
  follow();
  window.addEventListener('hashchange', follow);
}

/** The whole link, for the screen of its door; null when there is none. Read once. */
export function spendIncomingLink(door: IncomingDoor): string | null {
  if (incoming?.door !== door) return null;
  const { text } = incoming;
  incoming = null;
  return text;
}

export function doorOf(hash: string): IncomingDoor | null {
  const match = /^#(join|i|link)\//.exec(hash);
  return match?.[1] === 'join' || match?.[1] === 'i' || match?.[1] === 'link' ? match[1] : null;
}
