/** Longest side of the picture that is searched, in px: enough for a dense code held at arm's length. */
const searched = 960;
/** Least time between two searches, so that a slow phone can still draw. */
const pauseMs = 90;

/**
 * Looks at what the video shows until a QR code is read, then hands its text over and stops. The decoder is
 * loaded here and only here. Returns how to stop earlier.
 */
export function readFrames(video: HTMLVideoElement, onText: (text: string) => void): () => void {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  let stopped = false;
  const run = async () => {
    const { decodeQR } = await import('qr/decode.js');
    while (!stopped) {
      const text = context === null ? null : readFrame(video, canvas, context, decodeQR);
      if (text !== null && !stopped) {
        stopped = true;
        onText(text);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  };
  void run();
  return () => {
    stopped = true;
  };
}

type Decode = (image: ImageData, options: { readonly timeLimit: number }) => string;

function readFrame(
  video: HTMLVideoElement,
  canvas: HTMLCanvasElement,
  context: CanvasRenderingContext2D,
  decode: Decode,
): string | null {
  const { videoWidth, videoHeight } = video;
  if (videoWidth === 0 || video.readyState < video.HAVE_CURRENT_DATA) return null;
  const scale = Math.min(1, searched / Math.max(videoWidth, videoHeight));
  canvas.width = Math.round(videoWidth * scale);
  canvas.height = Math.round(videoHeight * scale);
  context.drawImage(video, 0, 0, canvas.width, canvas.height);
  try {
    return decode(context.getImageData(0, 0, canvas.width, canvas.height), { timeLimit: 40 });
  } catch {
    // No code in this frame: the decoder throws for that too.
    return null;
  }
}
