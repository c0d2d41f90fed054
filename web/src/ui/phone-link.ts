/** A number as it was written (digits, blanks, brackets), as a link that calls it or begins a message to it. */
export function phoneLink(scheme: 'tel' | 'sms', phone: string): string {
  return `${scheme}:${phone.replaceAll(/[^0-9+*#]/gu, '').replaceAll('#', '%23')}`;
}
