/**
 * A file of the person's own that the app may write again and again: the File System Access API, where there is one.
 * Elsewhere a backup is a download like any other (save-file.ts).
 */
import type { Bytes } from '@evenkeel/protocol';

type Permission = { readonly mode: 'readwrite' };
/** The parts of the API that TypeScript's own library leaves out, since not every browser has them. */
declare global {
  interface Window {
    readonly showSaveFilePicker?: (options: {
      readonly id: string;
      readonly suggestedName: string;
      readonly startIn: 'documents';
    }) => Promise<FileSystemFileHandle>;
  }
  interface FileSystemHandle {
    readonly queryPermission?: (permission: Permission) => Promise<PermissionState>;
    readonly requestPermission?: (permission: Permission) => Promise<PermissionState>;
  }
}

/** `gone`: the file was moved or deleted, or its disk is not there. */
export type FileFault = 'not-allowed' | 'gone' | 'no-room' | 'not-written';

export function canKeepFile(): boolean {
  return typeof window.showSaveFilePicker === 'function';
}

/** Asks the person where; null when they closed the question. To be called while a touch is being answered. */
export async function chooseFile(suggestedName: string): Promise<FileSystemFileHandle | null> {
  try {
    const chosen = window.showSaveFilePicker?.({ id: 'backup', suggestedName, startIn: 'documents' });
    return (await chosen) ?? null;
  } catch {
    return null;
  }
}

/** A browser forgets that it was allowed when the page is closed, unless the person told it to remember. */
export async function mayWrite(file: FileSystemFileHandle): Promise<boolean> {
  return ((await file.queryPermission?.({ mode: 'readwrite' })) ?? 'granted') === 'granted';
}

/** To be called while a touch is being answered. */
export async function askToWrite(file: FileSystemFileHandle): Promise<boolean> {
  try {
    return ((await file.requestPermission?.({ mode: 'readwrite' })) ?? 'granted') === 'granted';
  } catch {
    return false;
  }
}

/** The new file takes the old one's place when all of it is written; until then, and after a fault, the old one lies there. */
export async function replaceFile<Made>(
  file: FileSystemFileHandle,
  make: (write: (bytes: Bytes) => Promise<void>) => Promise<Made>,
): Promise<Made> {
  const stream = await file.createWritable();
  try {
    const made = await make((bytes) => stream.write(bytes));
    await stream.close();
    return made;
  } catch (fault) {
    await stream.abort().catch(() => undefined);
    throw fault;
  }
}

/** Null where the fault has nothing to do with files. */
export function fileFaultOf(fault: unknown): FileFault | null {
  if (!(fault instanceof DOMException)) return null;
  switch (fault.name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'not-allowed';
    case 'NotFoundError':
      return 'gone';
    case 'QuotaExceededError':
      return 'no-room';
    default:
      return 'not-written';
  }
}
