/**
 * The camera, for reading QR codes. Frames are looked at on this device and never kept.
 * `refused`: the person or the browser said no. `none`: there is no camera. `busy`: another program has it.
 * `insecure`: the page was not loaded over https or from localhost, so the browser hides the camera.
 */
export type CameraProblem = 'refused' | 'none' | 'busy' | 'insecure';

export type CameraOutcome =
  | { readonly ok: true; readonly stream: MediaStream }
  | { readonly ok: false; readonly reason: CameraProblem };

/** Asks for the camera at the back, or the only one. */
export async function openCamera(): Promise<CameraOutcome> {
  if (!window.isSecureContext) return { ok: false, reason: 'insecure' };
  // Absent where the browser has no cameras at all, whatever the types say.
  if (!('mediaDevices' in navigator)) return { ok: false, reason: 'none' };
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: { ideal: 'environment' }, width: { ideal: 1280 }, height: { ideal: 720 } },
    });
    return { ok: true, stream };
  } catch (fault) {
    return { ok: false, reason: problemOf(fault) };
  }
}

export function closeCamera(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** Names of W3C Media Capture and Streams, 10.2. */
export function problemOf(fault: unknown): CameraProblem {
  const name = fault instanceof DOMException ? fault.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  if (name === 'NotReadableError' || name === 'AbortError') return 'busy';
  return 'none';
}
