/** What is left of `ms` as “9” and “05”; never below zero. */
export function minutesAndSeconds(ms: number): { readonly minutes: string; readonly seconds: string } {
  const left = Math.max(0, Math.ceil(ms / 1000));
  return { minutes: String(Math.floor(left / 60)), seconds: String(left % 60).padStart(2, '0') };
}
