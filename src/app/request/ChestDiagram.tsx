/** Six zones and the mediastinum: graded by what the reader sees, chosen by mouse or keyboard. */

import { useRef, useState, type KeyboardEvent } from 'react';
import { ZONES, type Place } from '../../findings/vocabulary';
import { togglePlace } from '../../state/commands/request';
import { currentDocument, currentVersion } from '../../state/slices/documents';
import { analysisOf } from '../../state/studioDocument';
import { placeLabel } from '../placeLabel';
import { useStudio, useStudioState } from '../StudioContext';
import styles from './ChestDiagram.module.css';
import { CHEST_SHAPES, DIAGRAM_HEIGHT, DIAGRAM_WIDTH, type ChestShape } from './chestShapes';
import { severityColour, severityWord } from './severityScale';

const NO_PLACES: readonly Place[] = [];

interface ZoneProps {
  readonly shape: ChestShape;
  readonly chosen: boolean;
  readonly grade: number | undefined;
  readonly inTabOrder: boolean;
  readonly onToggle: () => void;
  readonly onMove: (place: Place) => void;
  readonly onFocus: () => void;
}

function Zone({ shape, chosen, grade, inTabOrder, onToggle, onMove, onFocus }: ZoneProps) {
  const [x, y] = shape.label;
  const read = grade === undefined ? '' : `, read ${grade.toFixed(1)}, ${severityWord(grade)}`;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === ' ' || event.key === 'Enter') {
      if (event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      onToggle();
      return;
    }
    const neighbour = shape.neighbours[event.key as keyof ChestShape['neighbours']];
    if (neighbour === undefined) return;
    event.preventDefault();
    onMove(neighbour);
  };
  return (
    <g
      role="button"
      className={styles.zone}
      data-place={shape.place}
      tabIndex={inTabOrder ? 0 : -1}
      aria-pressed={chosen}
      aria-label={`${placeLabel(shape.place)}${shape.place === 'mediastinum' ? '' : ' zone'}${read}`}
      onClick={onToggle}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
    >
      <path d={shape.path} style={{ fill: severityColour(grade) }} />
      {grade === undefined ? null : (
        <text x={x} y={y} textAnchor="middle" dominantBaseline="middle" aria-hidden>
          {grade.toFixed(1)}
        </text>
      )}
    </g>
  );
}

export function ChestDiagram() {
  const studio = useStudio();
  const places = useStudioState((state) => currentDocument(state)?.request.places ?? NO_PLACES);
  const grades = useStudioState(
    (state) => currentVersion(state)?.counterfactual.after.zoneSeverity ?? analysisOf(currentDocument(state))?.reading.zoneSeverity,
  );
  const root = useRef<SVGSVGElement>(null);
  const [entry, setEntry] = useState<Place>('right_upper');
  return (
    <svg
      ref={root}
      className={styles.diagram}
      viewBox={`0 0 ${String(DIAGRAM_WIDTH)} ${String(DIAGRAM_HEIGHT)}`}
      role="group"
      aria-label="Where: zones of the chest, the patient's right at the left"
    >
      <path className={styles.trachea} d="M117 2V24M123 2V24" aria-hidden />
      {CHEST_SHAPES.map((shape) => (
        <Zone
          key={shape.place}
          shape={shape}
          chosen={places.includes(shape.place)}
          grade={shape.place === 'mediastinum' ? undefined : grades?.[ZONES.indexOf(shape.place)]}
          inTabOrder={shape.place === entry}
          onToggle={() => {
            togglePlace(studio, shape.place);
          }}
          onMove={(place) => {
            root.current?.querySelector<SVGGElement>(`[data-place=${place}]`)?.focus();
          }}
          onFocus={() => {
            setEntry(shape.place);
          }}
        />
      ))}
      <text className={styles.side} x="10" y="16" aria-hidden>
        R
      </text>
      <text className={styles.side} x="230" y="16" textAnchor="end" aria-hidden>
        L
      </text>
    </svg>
  );
}
