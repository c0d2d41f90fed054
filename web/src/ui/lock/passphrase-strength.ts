/** Shortest own passphrase, in characters. */
export const shortestPassphrase = 15;

/** Shortest PIN, in digits. */
export const shortestPin = 6;

/**
 * `too-short` and `too-common` are refused. The others are taken and said: below 45 bits by a patient guesser's
 * count is `weak`, from 60 bits `strong`.
 */
export type PassphraseVerdict = 'too-short' | 'too-common' | 'weak' | 'good' | 'strong';

/** What guessing lists begin with, alone or strung together. */
const common = new Set(
  (
    'password passwort pass passw0rd p@ssword p@ssw0rd secret geheim admin administrator root login master welcome ' +
    'letmein iloveyou loveyou iloveu love hello sunshine princess monkey dragon football baseball soccer hockey ' +
    'superman batman pokemon starwars shadow michael jordan jessica charlie ashley daniel thomas george freedom ' +
    'whatever trustno1 killer flower cheese summer winter spring autumn computer internet samsung google apple ' +
    'liverpool arsenal chelsea everton rangers celtic manchester united england london test testing guest user ' +
    'changeme default diary mydiary evenkeel mood moods please open qwerty qwertyuiop qwertz azerty asdf asdfgh ' +
    'asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc abc abcd abcdef abcdefgh abcdefghijklmnop the my is and a i me it you'
  ).split(' '),
);

/** Whole phrases that are on every list, without their spaces. */
const famous = new Set(
  (
    'correcthorsebatterystaple thequickbrownfox thequickbrownfoxjumpsoverthelazydog tobeornottobe ' +
    'tobeornottobethatisthequestion maytheforcebewithyou iloveyouforever iloveyousomuch iwillalwaysloveyou ' +
    'letmeinplease openthedoor opensesame youshallnotpass winteriscoming keepcalmandcarryon ' +
    'keepcalmandcarryonandon onceuponatime onceuponatimethere inthebeginning inthebeginningwastheword ' +
    'neverguessthis youwillneverguess thisismypassword thisisasecret mypasswordissecret passwordpassword ' +
    'happybirthdaytoyou godsavetheking godsavethequeen ourfatherwhoartinheaven neverwalkalone ' +
    'youllneverwalkalone jesuslovesme rosesareredvioletsareblue itsasmallworld justdoit carpediem'
  ).split(' '),
);

const runs = [
  '0123456789012345678901234567890',
  '9876543210987654321098765432109',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
];

export function judgePassphrase(passphrase: string): PassphraseVerdict {
  const plain = passphrase.normalize('NFKC').toLowerCase().trim();
  if ([...plain].length < shortestPassphrase) return 'too-short';
  if (isCommon(plain)) return 'too-common';
  const bits = guessBits(plain);
  if (bits < 45) return 'weak';
  return bits < 60 ? 'good' : 'strong';
}

/** Refuses what would be tried first: one digit over and over, runs up or down, and dates of birth's centuries. */
export function isEasyPin(pin: string): boolean {
  const half = pin.slice(0, pin.length / 2);
  return (
    new Set(pin).size <= 2 ||
    runs.some((run) => run.includes(pin)) ||
    (pin.length % 2 === 0 && half + half === pin)
  );
}

/**
 * How many yes-or-no questions a guesser who knows words, runs and repeats needs, at least. Deliberately low: a
 * word counts about 12 bits however long it is, a repeat one.
 */
export function guessBits(passphrase: string): number {
  const parts =
    passphrase
      .normalize('NFKC')
      .toLowerCase()
      .match(/\p{L}+|\p{N}+|[^\p{L}\p{N}\s]+/gu) ?? [];
  const seen = new Set<string>();
  let bits = 0;
  for (const part of parts) {
    bits += seen.has(part) ? 1 : bitsOfPart(part);
    seen.add(part);
  }
  return bits;
}

function bitsOfPart(part: string): number {
  const letters = [...part];
  if (new Set(letters).size === 1) return 4;
  if (letters.length >= 3 && runs.some((run) => run.includes(part))) return 4;
  if (common.has(part)) return 5;
  if (/^\p{N}+$/u.test(part)) return /^(19|20)\d\d$/.test(part) ? 7 : Math.min(3.3 * letters.length, 30);
  if (/^\p{L}+$/u.test(part))
    return letters.length <= 3 ? 3 * letters.length : 12 + Math.max(0, letters.length - 9) * 2;
  return Math.min(4 * letters.length, 12);
}

function isCommon(plain: string): boolean {
  const letters = plain.replaceAll(/[^\p{L}@0-9]+/gu, '');
  const bare = letters.replaceAll(/\d+$/g, '');
  if (new Set(plain.replaceAll(/\s/g, '')).size <= 3) return true;
  if (famous.has(letters) || famous.has(bare)) return true;
  if (runs.some((run) => run.includes(letters))) return true;
  return isStrungOf(bare.replaceAll(/\d+/g, ''));
}

/** Whether a text is nothing but words of the list, one after another. */
function isStrungOf(text: string): boolean {
  if (text === '') return true;
  const reachable = [true];
  for (let end = 1; end <= text.length; end++) {
    reachable[end] = [...common].some(
      (word) =>
        end >= word.length &&
        reachable[end - word.length] === true &&
        text.startsWith(word, end - word.length),
    );
  }
  return reachable[text.length] === true;
}
