/** Notes that an app kept as HTML, as the plain text a person would see. */

const BREAKS = /<br\s*\/?>|<\/(?:p|div|li|ul|ol|h[1-6])\s*>/gi;
const ITEMS = /<li(?:\s[^<>]*)?>/gi;
/** Only tags that such notes use: "I <3 this" and "a < b" stay as they are. */
const TAGS = /<\/?(?:p|div|b|i|u|s|em|strong|strike|del|ul|ol|li|span|font|a|h[1-6])(?:\s[^<>]*)?>/gi;
const ENTITIES = /&(?:amp|lt|gt|quot|apos|nbsp|#(\d{1,7})|#x([0-9a-f]{1,6}));/gi;

const CHARACTER_BY_NAME: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&nbsp;': ' ',
};

/** Line breaks and list items become lines, formatting is left out, entities become their characters. */
export function noteText(html: string): string {
  return html
    .replaceAll(ITEMS, '- ')
    .replaceAll(BREAKS, '\n')
    .replaceAll(TAGS, '')
    .replaceAll(ENTITIES, (entity: string, decimal?: string, hex?: string) => {
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return CHARACTER_BY_NAME[entity.toLowerCase()] ?? characterOf(code) ?? entity;
    })
    .replaceAll(/[ \t]+\n/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

function characterOf(code: number): string | undefined {
  const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : undefined;
}
