import { defineMessages } from '../../i18n/define-messages.ts';
import { useText } from '../../i18n/use-text.ts';
import { useDiary, useLockedNotes } from '../../session/session-context.tsx';
import { Banner } from '../../ui/Banner.tsx';
import { InlineButton } from '../../ui/Button.tsx';

const messages = defineMessages('locked-notes', {
  notes:
    '{n, plural, one {One entry that was written while locked is in your journal now.} other {# entries that were written while locked are in your journal now.}}',
  unreadable:
    '{n, plural, one {One entry that was written while locked cannot be opened. It was changed, or sealed for somebody else.} other {# entries that were written while locked cannot be opened. They were changed, or sealed for somebody else.}}',
  changedTitle: 'Somebody changed this device while it was locked',
  changed:
    'What was written without opening may have gone to somebody else. Your diary was not opened by this. We have put it right.',
  changedDo: 'Think of who held this device. Do not write without opening until you trust it again.',
  read: 'I have read this',
});

/** Said once, at the opening after something was written while locked. */
export function LockedNotesNotice() {
  const text = useText();
  const diary = useDiary();
  const said = useLockedNotes();
  if (said === null) return null;
  const { notes, unreadable, keyWasChanged } = said;
  const wrong = keyWasChanged || unreadable > 0;
  return (
    <Banner
      live
      tone={wrong ? 'care' : 'calm'}
      {...(keyWasChanged && { title: text(messages.changedTitle) })}
      actions={
        <InlineButton onClick={() => void diary.lockedNotesRead()}>{text(messages.read)}</InlineButton>
      }
    >
      {keyWasChanged && (
        <p>
          {text(messages.changed)} {text(messages.changedDo)}
        </p>
      )}
      {unreadable > 0 && <p>{text(messages.unreadable, { n: unreadable })}</p>}
      {notes > 0 && <p>{text(messages.notes, { n: notes })}</p>}
    </Banner>
  );
}
