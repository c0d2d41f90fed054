import { useEffect, useRef, useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/Button.tsx';
import { closeCamera, openCamera } from './camera.ts';
import type { CameraProblem } from './camera.ts';
import { messages } from './messages.ts';
import { readFrames } from './read-frames.ts';
import styles from './ScanOrPaste.module.css';

type CameraViewProps = {
  readonly onText: (text: string) => void;
  readonly onProblem: (problem: CameraProblem) => void;
  readonly onStop: () => void;
};

/** The camera's picture in a frame, until a code was read. The camera goes off with this view. */
export function CameraView({ onText, onProblem, onStop }: CameraViewProps) {
  const text = useText();
  const video = useRef<HTMLVideoElement>(null);
  const [running, setRunning] = useState(false);
  const heard = useRef({ onText, onProblem });
  useEffect(() => {
    heard.current = { onText, onProblem };
  });

  useEffect(() => {
    let gone = false;
    let end = () => {
      gone = true;
    };
    const run = async () => {
      const opened = await openCamera();
      if (!opened.ok) {
        if (!gone) heard.current.onProblem(opened.reason);
        return;
      }
      const shown = video.current;
      if (gone || !shown) {
        closeCamera(opened.stream);
        return;
      }
      shown.srcObject = opened.stream;
      const stopReading = readFrames(shown, (found) => heard.current.onText(found));
      end = () => {
        gone = true;
        stopReading();
        closeCamera(opened.stream);
      };
      // Playing can be refused when the view goes away in the same moment; then there is nothing to show.
      await shown.play().catch(() => undefined);
      if (!gone) setRunning(true);
    };
    void run();
    return () => end();
  }, []);

  return (
    <div className={styles.camera}>
      <div className={styles.frame}>
        <video ref={video} className={styles.video} muted playsInline aria-label={text(messages.view)} />
        <span className={styles.corners} aria-hidden />
      </div>
      <p className={styles.looking} role="status">
        {text(running ? messages.looking : messages.starting)}
      </p>
      <p className={styles.private}>{text(messages.private)}</p>
      <Button look="line" small onClick={onStop}>
        {text(messages.stop)}
      </Button>
    </div>
  );
}
