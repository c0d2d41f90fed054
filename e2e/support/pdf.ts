/** What is on the paper: pages, their size and their words, read from a PDF as Chromium writes it. */
import { inflateSync } from 'node:zlib';
import type { Page } from '@playwright/test';

export type PdfPage = {
  /** Width and height, in points of 1/72 inch. */
  readonly size: readonly [width: number, height: number];
  /** Every glyph that is drawn, in the order of drawing, without the spaces between them. */
  readonly letters: string;
};

/** What lies between margins of 12 mm of A4: 186 mm, of which 25.4 are 96 px. */
const betweenMargins = 703;

/** What would be cut off on paper: what reaches beyond its sides, and what a picture holds beyond its own. */
export async function cutOnPaper(page: Page): Promise<readonly string[]> {
  const size = page.viewportSize();
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: betweenMargins, height: 1000 });
  const cut = await page.evaluate((width) => {
    const frameOf = (one: Element) => {
      const picture = one.parentElement?.closest('svg');
      if (!picture || getComputedStyle(picture).overflow === 'visible') return { left: 0, right: width };
      return picture.getBoundingClientRect();
    };
    return [...document.querySelectorAll('body *')]
      .filter((one) => {
        const { left, right, width: wide } = one.getBoundingClientRect();
        const frame = frameOf(one);
        return (
          wide > 0 &&
          one.closest('details') === null &&
          getComputedStyle(one).visibility === 'visible' &&
          (left < frame.left - 2 || right > frame.right + 2)
        );
      })
      .map(({ outerHTML }) => outerHTML.slice(0, 200));
  }, betweenMargins);
  await page.emulateMedia({ media: null });
  if (size !== null) await page.setViewportSize(size);
  return cut;
}

/** Every page. Fonts must say which letters their glyphs stand for (ISO 32000-1, 9.10.3), as Chromium's do. */
export function readPdf(pdf: Buffer): readonly PdfPage[] {
  const objects = objectsOf(pdf.toString('latin1'));
  return [...objects.values()]
    .filter(({ head }) => /\/Type\s*\/Page\b/.test(head))
    .map(({ head }) => {
      const box = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(head);
      if (box === null) throw new Error('a page without a size');
      const contents = objects.get(Number(/\/Contents (\d+) 0 R/.exec(head)?.[1]))?.stream ?? '';
      return { size: [Number(box[1]), Number(box[2])], letters: lettersOf(contents, fontsOf(head, objects)) };
    });
}

/** The same text as `letters` has it. */
export function asLetters(text: string): string {
  return text.replaceAll(/\s/g, '');
}

type PdfObject = { readonly head: string; readonly stream: string };

function objectsOf(pdf: string): ReadonlyMap<number, PdfObject> {
  return new Map(
    [...pdf.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, id = '', body = '']) => {
      const [, head = body, packed] = /^([\s\S]*?)\s?stream\n([\s\S]*)\nendstream$/.exec(body) ?? [];
      const bytes = packed === undefined ? null : Buffer.from(packed, 'latin1');
      const stream = bytes === null ? '' : /FlateDecode/.test(head) ? unpacked(bytes) : packed;
      return [Number(id), { head, stream: stream ?? '' }];
    }),
  );
}

const unpacked = (bytes: Buffer): string => inflateSync(bytes).toString('latin1');

/** By the name that the page calls a font: letters by glyph, and how many hex digits a glyph has. */
type Font = { readonly digits: number; readonly letterByGlyph: ReadonlyMap<string, string> };

function fontsOf(page: string, objects: ReadonlyMap<number, PdfObject>): ReadonlyMap<string, Font> {
  return new Map(
    [...page.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', id]) => {
      const map = /\/ToUnicode (\d+) 0 R/.exec(objects.get(Number(id))?.head ?? '')?.[1];
      return [name, fontOf(objects.get(Number(map))?.stream ?? '')];
    }),
  );
}

function fontOf(map: string): Font {
  const letterByGlyph = new Map<string, string>();
  const digits = /begincodespacerange\s*<([\dA-Fa-f]+)>/.exec(map)?.[1]?.length ?? 4;
  for (const [, block = ''] of map.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, glyph = '', letters = ''] of block.matchAll(/<([\dA-Fa-f]+)>\s*<([\dA-Fa-f]+)>/g))
      letterByGlyph.set(glyph.toUpperCase(), utf16(letters));
  for (const [, block = ''] of map.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, first = '', last = '', letters = ''] of block.matchAll(
      /<([\dA-Fa-f]+)>\s*<([\dA-Fa-f]+)>\s*<([\dA-Fa-f]+)>/g,
    ))
      for (let glyph = parseInt(first, 16); glyph <= parseInt(last, 16); glyph++)
        letterByGlyph.set(
          glyph.toString(16).toUpperCase().padStart(digits, '0'),
          String.fromCharCode(parseInt(letters, 16) + glyph - parseInt(first, 16)),
        );
  return { digits, letterByGlyph };
}

const utf16 = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');

function lettersOf(contents: string, fonts: ReadonlyMap<string, Font>): string {
  let font: Font | undefined;
  let letters = '';
  for (const [, name, glyphs] of contents.matchAll(/\/(F\d+) [\d.]+ Tf|<([\dA-Fa-f]+)>/g)) {
    if (name !== undefined) font = fonts.get(name);
    else
      for (const glyph of (glyphs ?? '').match(new RegExp(`.{${String(font?.digits ?? 4)}}`, 'g')) ?? [])
        letters += font?.letterByGlyph.get(glyph.toUpperCase()) ?? '';
  }
  return asLetters(letters);
}
