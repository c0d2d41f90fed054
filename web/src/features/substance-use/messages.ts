import { defineMessages } from '../../i18n/define-messages.ts';

export const messages = defineMessages('substance-use', {
  title: '28 days',
  note: 'What you noted of each day. A blank day is one you said nothing of.',
  counted: 'What to count',
  alcohol: 'alcohol, in UK units',
  substance: '{name}, in {unit}',
  earlier: 'Earlier',
  later: 'Later',
  span: '{first} to {last}',
  dayNone: '{day}: none. Change it.',
  dayAmount: '{day}: {amount}. Change it.',
  dayUnsaid: '{day}: nothing noted. Add it.',
  totals:
    '{some, plural, one {# day with some} other {# days with some}}, {without, plural, one {# day without} other {# days without}}, {unsaid, plural, one {# day not noted} other {# days not noted}}.',
  totalUnits: '{amount, plural, one {# UK unit} other {# UK units}} in all; {most} at most on one day.',
  totalAmount: '{amount} {unit} in all; {most} at most on one day.',
  totalSpent: 'Money spent: £{pounds}.',
  fourWeeks: 'UK doctors advise no more than 14 units a week, spread over three days or more.',
  source: 'UK Chief Medical Officers, 2016.',
  editTitle: 'About {day}',
  others: 'Other entries of this day count too. You change those in your journal.',
  save: 'Save',
  problemRoom: 'This device is full, so it was not saved. Free some space, then press Save again.',
  problemTooMuch: 'That is more than one entry can keep. Take something out, then save again.',
  problemDay: 'That day cannot be right. It must not lie in the future.',
  problemGone: 'This entry was deleted on another device. Press Save to write it anew.',
});
