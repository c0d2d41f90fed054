import { useSyncExternalStore } from 'react';
import { defineMessages } from '../../i18n/define-messages.ts';
import { useText } from '../../i18n/use-text.ts';
import { installing } from '../../platform/installing.ts';
import type { Installing } from '../../platform/installing.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button, LinkButton } from '../../ui/Button.tsx';

const messages = defineMessages('install-offer', {
  title: 'Put it on your home screen',
  seven:
    'On an iPhone or iPad, sites you do not open for seven days are emptied. On the home screen they are kept.',
  more: 'It then opens like any other app.',
  how: 'Show me how',
  no: 'No, thanks',
});

/** Entries there are before it is spoken of. Where a browser empties sites, that is before there is much to lose. */
const entriesFirst: { readonly [Way in Installing]?: number } = { 'share-menu': 1, offered: 3, dock: 3 };

/** One quiet card on Today where the browser can install the app. Put away once, it does not come back. */
export function InstallOffer({
  entries,
  onRefuse,
}: {
  readonly entries: number;
  readonly onRefuse: () => void;
}) {
  const text = useText();
  const way = useSyncExternalStore(installing.subscribe, installing.read);
  if (entries < (entriesFirst[way] ?? Infinity)) return null;
  return (
    <Banner
      title={text(messages.title)}
      actions={
        <>
          <LinkButton href="/me/install" look="quiet" small>
            {text(messages.how)}
          </LinkButton>
          <Button look="plain" small onClick={onRefuse}>
            {text(messages.no)}
          </Button>
        </>
      }
    >
      {text(way === 'share-menu' ? messages.seven : messages.more)}
    </Banner>
  );
}
