import { useEffect, useId, useRef, useState } from 'react';
import type { CSSProperties, KeyboardEvent, PointerEvent } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { pointWords } from '../../session/mood-words.ts';
import { classes } from '../../ui/classes.ts';
import { moodColour } from '../../ui/mood-colour.ts';
import { drawSea } from './draw-sea.ts';
import { messages } from './messages.ts';
import styles from './MoodSea.module.css';
import { placeOf, pointAfterKey, pointAt } from './sea.ts';
import type { SeaPoint } from './sea.ts';

type MoodSeaProps = {
  /** Where the dot lies; null while nothing was said. */
  readonly point: Partial<SeaPoint> | null;
  readonly onMove: (point: SeaPoint) => void;
  /** A touch has ended, or Enter was pressed: the point is chosen. */
  readonly onChoose: () => void;
};

const middle: SeaPoint = { valence: 0, arousal: 0 };

/**
 * The pad on which a mood is a point. A finger or a mouse puts it down and drags it; with the keyboard and for
 * screen readers it is two sliders that lie on the pad, and every arrow key works on both.
 */
export function MoodSea({ point, onMove, onChoose }: MoodSeaProps) {
  const text = useText();
  const id = useId();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [dragging, setDragging] = useState(false);

  useEffect(() => {
    if (canvas.current) drawSea(canvas.current);
  }, []);

  const known = point !== null && (point.valence !== undefined || point.arousal !== undefined);
  const shown: SeaPoint = { valence: point?.valence ?? 0, arousal: point?.arousal ?? 0 };

  const follow = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    onMove(pointAt((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height));
  };
  const pressed = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      onChoose();
      return;
    }
    const next = pointAfterKey(known ? shown : middle, event.key, event.shiftKey);
    if (!next) return;
    event.preventDefault();
    onMove(next);
  };
  const spoken = (point && pointWords(text, point)) ?? text(messages.notSaid);

  return (
    <div
      className={classes(styles.sea, dragging && styles.dragging)}
      role="group"
      aria-label={text(messages.sea)}
      aria-describedby={`${id}-help`}
      data-mood-sea
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDragging(true);
        follow(event);
      }}
      onPointerMove={(event) => {
        if (dragging) follow(event);
      }}
      onPointerUp={(event) => {
        if (!dragging) return;
        follow(event);
        setDragging(false);
        onChoose();
      }}
      onPointerCancel={() => setDragging(false)}
      // A touch is followed by a click where the finger was. By then the sheet lies there, and would take it.
      onTouchEnd={(event) => event.preventDefault()}
    >
      <canvas ref={canvas} className={styles.water} aria-hidden />
      <span className={styles.level} aria-hidden />
      <span className={styles.upright} aria-hidden />
      <span className={styles.tense} aria-hidden>
        {text(messages.tense)}
      </span>
      <span className={styles.bright} aria-hidden>
        {text(messages.bright)}
      </span>
      <span className={styles.low} aria-hidden>
        {text(messages.low)}
      </span>
      <span className={styles.calm} aria-hidden>
        {text(messages.calm)}
      </span>
      <input
        className={styles.slider}
        type="range"
        autoComplete="off"
        min={-1}
        max={1}
        step={0.01}
        value={shown.valence}
        aria-label={text(messages.howPleasant)}
        aria-valuetext={spoken}
        onChange={(event) => onMove({ ...shown, valence: event.currentTarget.valueAsNumber })}
        onKeyDown={pressed}
      />
      <input
        className={styles.slider}
        type="range"
        autoComplete="off"
        min={-1}
        max={1}
        step={0.01}
        value={shown.arousal}
        aria-label={text(messages.howMuchEnergy)}
        aria-orientation="vertical"
        aria-valuetext={spoken}
        onChange={(event) => onMove({ ...shown, arousal: event.currentTarget.valueAsNumber })}
        onKeyDown={pressed}
      />
      {known && <span className={styles.dot} style={dotStyle(shown, point)} aria-hidden />}
      <span id={`${id}-help`} hidden>
        {text(messages.seaHelp)}
      </span>
    </div>
  );
}

function dotStyle(shown: SeaPoint, point: Partial<SeaPoint> | null): CSSProperties {
  const { x, y } = placeOf(shown);
  return { '--x': `${x * 100}%`, '--y': `${y * 100}%`, '--mood': moodColour(point ?? {}).css };
}
