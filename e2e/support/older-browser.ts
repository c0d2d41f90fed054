/** Runs in the page, before anything of ours: what came after Chromium 111, Firefox 114 and Safari 16.4 is not there. */
export function takeWhatIsNewer(): void {
  const gone: readonly (readonly [unknown, readonly string[]])[] = [
    [globalThis, ['Iterator', 'Temporal', 'URLPattern']],
    [Map, ['groupBy']],
    [Object, ['groupBy']],
    [Promise, ['withResolvers', 'try']],
    [AbortSignal, ['any']],
    [URL, ['canParse', 'parse']],
    [Array, ['fromAsync']],
    [Uint8Array, ['fromBase64', 'fromHex']],
    [Uint8Array.prototype, ['toBase64', 'toHex', 'setFromBase64', 'setFromHex']],
    [RegExp, ['escape']],
    [Error, ['isError']],
    [Math, ['f16round', 'sumPrecise']],
    [Intl, ['DurationFormat']],
    [ArrayBuffer.prototype, ['transfer', 'transferToFixedLength', 'resize']],
    [String.prototype, ['isWellFormed', 'toWellFormed']],
    [
      Set.prototype,
      [
        'union',
        'intersection',
        'difference',
        'symmetricDifference',
        'isSubsetOf',
        'isSupersetOf',
        'isDisjointFrom',
      ],
    ],
    [Map.prototype, ['getOrInsert', 'getOrInsertComputed']],
    [Document.prototype, ['startViewTransition']],
    [Element.prototype, ['checkVisibility', 'setHTML']],
    [HTMLElement.prototype, ['showPopover', 'hidePopover', 'togglePopover', 'popover']],
    [ReadableStream, ['from']],
    [Response, ['json']],
  ];
  for (const [of, names] of gone) for (const name of names) Reflect.deleteProperty(Object(of), name);
  const helpers = Object.getPrototypeOf(Object.getPrototypeOf([].values()));
  for (const name of Object.getOwnPropertyNames(helpers)) Reflect.deleteProperty(helpers, name);
}
