/** The film with its boxes: drawn, moved and resized by pointer, and by keys once one has the focus. */

import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { Box } from '../../imaging/box';
import * as say from '../../messages/en/cover';
import type { Thumbnail } from '../../record/thumbnail';
import { ThumbnailImage } from '../ui/ThumbnailImage';
import { draggedTo, isMeant, moved, resized, type Drag, type Point, type Size } from './boxes';
import styles from './CoverDialog.module.css';

interface CoverPictureProps {
  readonly picture: Thumbnail;
  /** In pixels of the film, which boxes are in. */
  readonly size: Size;
  readonly boxes: readonly Box[];
  readonly enlarged: number;
  readonly onChange: (boxes: readonly Box[]) => void;
}

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

export function CoverPicture({ picture, size, boxes, enlarged, onChange }: CoverPictureProps) {
  const field = useRef<HTMLDivElement>(null);
  /** The box at `index` follows the pointer; one after the last is being drawn. */
  const [dragged, setDragged] = useState<{ readonly drag: Drag; readonly index: number; readonly box: Box }>();
  const shown =
    dragged === undefined ? boxes : [...boxes.slice(0, dragged.index), dragged.box, ...boxes.slice(dragged.index + 1)];

  const pointIn = ({ clientX, clientY, currentTarget }: PointerEvent<HTMLElement>): Point => {
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    return { x: ((clientX - left) / width) * size.width, y: ((clientY - top) / height) * size.height };
  };

  const begin = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0 || dragged !== undefined) return;
    const under = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-box]') : null;
    const index = Number(under?.dataset['box'] ?? boxes.length);
    const box = boxes[index];
    const from = pointIn(event);
    const isCorner = event.target instanceof HTMLElement && event.target.dataset['corner'] !== undefined;
    const drag: Drag =
      box === undefined ? { kind: 'draw', from } : isCorner ? { kind: 'resize', box } : { kind: 'move', from, box };
    under?.focus();
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    setDragged({ drag, index, box: box ?? draggedTo(drag, from, size) });
  };

  const end = (event: PointerEvent<HTMLElement>): void => {
    if (dragged === undefined) return;
    const { drag, index } = dragged;
    const box = draggedTo(drag, pointIn(event), size);
    setDragged(undefined);
    if (drag.kind !== 'draw' || isMeant(box, size))
      onChange([...boxes.slice(0, index), box, ...boxes.slice(index + 1)]);
  };

  const press = (event: KeyboardEvent, index: number): void => {
    const box = boxes[index];
    const way = ARROWS[event.key];
    // A box less would put the one that is held in another's place.
    if (box === undefined || dragged !== undefined) return;
    if (way !== undefined) {
      const step = Math.max(1, Math.round(Math.max(size.width, size.height) / 200));
      const by = { x: way.x * step, y: way.y * step };
      onChange(boxes.with(index, event.shiftKey ? resized(box, by, size) : moved(box, by, size)));
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      onChange(boxes.toSpliced(index, 1));
      field.current?.focus();
    } else return;
    event.preventDefault();
  };

  return (
    <div className={styles.frame}>
      <div
        ref={field}
        className={styles.field}
        role="group"
        tabIndex={-1}
        aria-label={say.picture()}
        style={{
          aspectRatio: `${String(size.width)} / ${String(size.height)}`,
          width: `calc(min(100cqw - 24px, (100cqh - 24px) * ${String(size.width / size.height)}) * ${String(enlarged)})`,
        }}
        onPointerDown={begin}
        onPointerMove={(event) => {
          if (dragged) setDragged({ ...dragged, box: draggedTo(dragged.drag, pointIn(event), size) });
        }}
        onPointerUp={end}
        onPointerCancel={() => {
          setDragged(undefined);
        }}
      >
        <ThumbnailImage thumbnail={picture} className={styles.picture} />
        {shown.map((box, index) => (
          <button
            key={index}
            type="button"
            data-box={index}
            className={styles.box}
            aria-label={say.box({ number: index + 1, ...box })}
            style={{
              left: share(box.x, size.width),
              top: share(box.y, size.height),
              width: share(box.width, size.width),
              height: share(box.height, size.height),
            }}
            onKeyDown={(event) => {
              press(event, index);
            }}
          >
            <span className={styles.corner} data-corner="" aria-hidden />
          </button>
        ))}
      </div>
    </div>
  );
}

function share(part: number, whole: number): string {
  return `${String((100 * part) / whole)}%`;
}
