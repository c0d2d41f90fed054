/** A long code in groups of four, as it is easier to type. Blanks do not matter when it is read. */
export function inGroups(code: string): string {
  return code.replaceAll(/(.{4})(?=.)/gu, '$1 ');
}
