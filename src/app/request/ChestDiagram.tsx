/**
 * Six zones and the mediastinum: coloured by what the reader sees, and on them what is asked for. A click or Space places the
 * finding in the controls, dragging or Shift and an arrow moves it; others that are asked are shown dimmed.
 */

import { useId, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { ZONES, type Finding, type Place, type Severity } from '../../findings/vocabulary';
import { findingName, fullPlaceName, severityWord } from '../../findings/words';
import * as say from '../../messages/en/request';
import { capital, fixed, listed } from '../../messages/numbers';
import { movePlace, togglePlace } from '../../state/commands/request';
import { severityAt } from '../../record/editRequest';
import { currentDocument, currentVersion } from '../../state/slices/documents';
import { analysisOf } from '../../record/studioDocument';
import { useStudio, useStudioState } from '../StudioContext';
import styles from './ChestDiagram.module.css';
import {
  CHEST_SHAPES,
  DIAGRAM_HEIGHT,
  DIAGRAM_WIDTH,
  placeBeside,
  type ArrowKey,
  type ChestShape,
} from './chestShapes';
import { OtherFindings } from './OtherFindings';
import { PlacedFinding } from './PlacedFinding';
import { severityColour } from './severityScale';
import { useFindingDrag } from './useFindingDrag';

interface AskedHere {
  readonly finding: Finding;
  readonly severity: Severity;
}

interface ZoneProps {
  readonly shape: ChestShape;
  /** What is asked here of the finding in the controls; undefined: nothing. */
  readonly asked: Severity | undefined;
  /** The others that are asked here. */
  readonly others: readonly AskedHere[];
  readonly grade: number | undefined;
  readonly inTabOrder: boolean;
  readonly lifted: boolean;
  readonly target: boolean;
  readonly onToggle: () => void;
  /** The focus goes to the neighbour, or the finding with it. */
  readonly onArrow: (key: ArrowKey, carry: boolean) => void;
  readonly onFocus: () => void;
  readonly onPress: (event: PointerEvent) => void;
}

const isArrow = (key: string): key is ArrowKey => /^Arrow(?:Left|Right|Up|Down)$/.test(key);

function zoneName(
  place: Place,
  grade: number | undefined,
  asked: Severity | undefined,
  others: readonly AskedHere[],
): string {
  const read = grade === undefined ? [] : [say.read({ grade: fixed(grade, 1), name: severityWord(grade) })];
  const wish =
    asked === undefined
      ? []
      : [asked === 0 ? say.askedClear() : say.asked({ grade: fixed(asked, 1), name: severityWord(asked) })];
  const also = others.map(({ finding, severity }) => {
    const name = findingName(finding);
    return severity === 0
      ? say.alsoGoes({ finding: name })
      : say.alsoAsked({ finding: name, grade: fixed(severity, 1) });
  });
  return listed([capital(fullPlaceName(place)), ...read, ...wish, ...also]);
}

function Zone({
  shape,
  asked,
  others,
  grade,
  inTabOrder,
  lifted,
  target,
  onToggle,
  onArrow,
  onFocus,
  onPress,
}: ZoneProps) {
  const [x, y] = shape.label;
  const chosen = asked !== undefined;
  const crowded = chosen && others.length > 0;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault();
      onToggle();
      return;
    }
    if (!isArrow(event.key)) return;
    event.preventDefault();
    onArrow(event.key, event.shiftKey && chosen);
  };
  return (
    <g
      role="button"
      className={styles.zone}
      data-place={shape.place}
      data-target={target}
      tabIndex={inTabOrder ? 0 : -1}
      aria-pressed={chosen}
      aria-label={zoneName(shape.place, grade, asked, others)}
      onClick={onToggle}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
      onPointerDown={chosen ? onPress : undefined}
    >
      <path d={shape.path} style={{ fill: severityColour(grade) }} />
      {grade === undefined ? null : (
        <text
          x={crowded ? x - 12 : x}
          y={chosen || others.length > 0 ? y - 11 : y}
          textAnchor="middle"
          dominantBaseline="central"
          aria-hidden
        >
          {fixed(grade, 1)}
        </text>
      )}
      {others.length === 0 ? null : (
        <OtherFindings
          at={crowded ? [grade === undefined ? x : x + 14, y - 11] : [x, grade === undefined ? y : y + 10]}
          severities={others.map(({ severity }) => severity)}
          beside={crowded}
        />
      )}
      {asked === undefined ? null : (
        <PlacedFinding at={[x, grade === undefined && !crowded ? y : y + 10]} severity={asked} lifted={lifted} />
      )}
    </g>
  );
}

export function ChestDiagram() {
  const studio = useStudio();
  const request = useStudioState((state) => currentDocument(state)?.request);
  const grades = useStudioState(
    (state) =>
      currentVersion(state)?.counterfactual.after.zoneSeverity ??
      analysisOf(currentDocument(state))?.reading.zoneSeverity,
  );
  const root = useRef<SVGSVGElement>(null);
  const help = useId();
  const [entry, setEntry] = useState<Place>('right_upper');
  const move = (from: Place, to: Place) => {
    movePlace(studio, from, to);
  };
  const { drag, begin, wasDragged, handlers } = useFindingDrag(root, [DIAGRAM_WIDTH, DIAGRAM_HEIGHT], move);
  const focus = (place: Place) => {
    root.current?.querySelector<SVGGElement>(`[data-place=${place}]`)?.focus();
  };
  const beside = request === undefined ? [] : request.further;
  const othersAt = (place: Place): readonly AskedHere[] =>
    beside.flatMap(({ finding, severities }) => {
      const severity = severities[place];
      return severity === undefined ? [] : [{ finding, severity }];
    });
  const askedAt = (place: Place): Severity | undefined =>
    request?.places.includes(place) === true ? severityAt(request, place) : undefined;
  return (
    <>
      <svg
        ref={root}
        className={styles.diagram}
        viewBox={`0 0 ${String(DIAGRAM_WIDTH)} ${String(DIAGRAM_HEIGHT)}`}
        role="group"
        data-tour="where"
        aria-label={say.where()}
        aria-describedby={help}
        data-dragging={drag !== undefined}
        {...handlers}
      >
        <path className={styles.trachea} d="M117 2V24M123 2V24" aria-hidden />
        {CHEST_SHAPES.map((shape) => (
          <Zone
            key={shape.place}
            shape={shape}
            asked={askedAt(shape.place)}
            others={othersAt(shape.place)}
            grade={shape.place === 'mediastinum' ? undefined : grades?.[ZONES.indexOf(shape.place)]}
            inTabOrder={shape.place === entry}
            lifted={drag?.from === shape.place}
            target={drag !== undefined && drag.over === shape.place && drag.from !== shape.place}
            onToggle={() => {
              if (!wasDragged()) togglePlace(studio, shape.place);
            }}
            onArrow={(key, carry) => {
              const to = placeBeside(shape.place, key, carry ? request?.finding : undefined);
              if (to === undefined) return;
              if (carry) move(shape.place, to);
              focus(to);
            }}
            onFocus={() => {
              setEntry(shape.place);
            }}
            onPress={(event) => {
              begin(shape.place, event);
            }}
          />
        ))}
        <text className={styles.side} x="10" y="16" aria-hidden>
          {say.right()}
        </text>
        <text className={styles.side} x="230" y="16" textAnchor="end" aria-hidden>
          {say.left()}
        </text>
        {drag === undefined ? null : <PlacedFinding at={drag.at} severity={askedAt(drag.from) ?? 0} />}
      </svg>
      <p id={help} className={styles.help}>
        {say.diagramHelp()}
      </p>
    </>
  );
}
