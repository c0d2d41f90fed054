/** Hands a file to the browser's own "save" and lets go of it. The name must tell nothing of what is in it. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads the address after this turn; a minute is enough for a slow disk.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
