/** A small chest with the grade of each place. */

import { ZONES, type Severity } from '../../findings/vocabulary';
import type { PlaceSeverities } from '../../findings/change';
import { severityWord } from '../../findings/words';
import * as say from '../../messages/en/swap';
import { fixed, listed } from '../../messages/numbers';
import { placeLabel } from '../placeLabel';
import { CHEST_SHAPES, DIAGRAM_HEIGHT, DIAGRAM_WIDTH } from '../request/chestShapes';
import { severityColour } from '../request/severityScale';
import styles from './MiniChest.module.css';

interface MiniChestProps {
  /** What the picture is of, for screen readers. */
  readonly label: string;
  /** Grades in ZONES order. */
  readonly zones: readonly Severity[];
  /** What is asked, over the grades. */
  readonly asked?: PlaceSeverities;
}

export function MiniChest({ label, zones, asked = {} }: MiniChestProps) {
  const gradeAt = (place: (typeof CHEST_SHAPES)[number]['place']): Severity | undefined =>
    asked[place] ?? (place === 'mediastinum' ? undefined : zones[ZONES.indexOf(place)]);
  const said = CHEST_SHAPES.flatMap(({ place }) => {
    const grade = gradeAt(place);
    return grade === undefined || (grade < 0.5 && asked[place] === undefined)
      ? []
      : [say.zoneGrade({ place: placeLabel(place), name: severityWord(grade), grade: fixed(grade, 1) })];
  });
  return (
    <svg
      className={styles.chest}
      viewBox={`0 0 ${String(DIAGRAM_WIDTH)} ${String(DIAGRAM_HEIGHT)}`}
      role="img"
      aria-label={say.chest({ label, zones: said.length === 0 ? say.noZone({ grade: fixed(0.5, 1) }) : listed(said) })}
    >
      {CHEST_SHAPES.map(({ place, path, label: [x, y] }) => {
        const grade = gradeAt(place);
        return (
          <g key={place} data-asked={asked[place] !== undefined}>
            <path d={path} style={{ fill: severityColour(grade) }} />
            {grade === undefined ? null : (
              <text x={x} y={y} textAnchor="middle" dominantBaseline="central">
                {fixed(grade, 1)}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}
