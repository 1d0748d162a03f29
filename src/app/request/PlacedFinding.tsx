/** What is asked of a part of the chest: its grade on a plate that can be dragged. */

import type { Severity } from '../../findings/vocabulary';
import * as say from '../../messages/en/request';
import { fixed } from '../../messages/numbers';
import styles from './ChestDiagram.module.css';

const WIDTH = 42;
const HEIGHT = 20;

interface PlacedFindingProps {
  /** Centre in the diagram's units. */
  readonly at: readonly [number, number];
  readonly severity: Severity;
  readonly lifted?: boolean;
}

export function PlacedFinding({ at: [x, y], severity, lifted = false }: PlacedFindingProps) {
  return (
    <g className={styles.placed} data-lifted={lifted} transform={`translate(${String(x)} ${String(y)})`} aria-hidden>
      <rect x={-WIDTH / 2} y={-HEIGHT / 2} width={WIDTH} height={HEIGHT} rx={HEIGHT / 2} />
      <text textAnchor="middle" dominantBaseline="central">
        {severity === 0 ? say.clear() : fixed(severity, 1)}
      </text>
    </g>
  );
}
