/**
 * A mark beside the diary, in a store that browsers empty at other times than a database. Found alone, it says that
 * the diary was taken away: by the browser, or by whoever cleared it. It holds nothing about the diary.
 */
const KEY = 'evenkeel-diary-here';

export function markDiary(): void {
  try {
    localStorage.setItem(KEY, 'yes');
  } catch {
    // A mark that cannot be set costs a sentence, not an entry.
  }
}

export function wasDiaryHere(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

export function unmarkDiary(): void {
  localStorage.removeItem(KEY);
}
