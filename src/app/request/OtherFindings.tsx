/** What is asked of a part of the chest beside the finding in the controls: outlined, and out of the way of what can be dragged. */

import type { Severity } from '../../findings/vocabulary';
import * as say from '../../messages/en/request';
import { fixed } from '../../messages/numbers';
import styles from './ChestDiagram.module.css';

const HEIGHT = 18;
const WIDTH = 38;
const WIDTH_BESIDE = 22;

interface OtherFindingsProps {
  /** Centre in the diagram's units. */
  readonly at: readonly [number, number];
  /** Of each finding that is asked here. */
  readonly severities: readonly Severity[];
  /** Something else stands here too, so that there is room for their number only. */
  readonly beside: boolean;
}

export function OtherFindings({ at: [x, y], severities, beside }: OtherFindingsProps) {
  const [only] = severities;
  const one = severities.length === 1 && !beside && only !== undefined;
  const width = one ? WIDTH : WIDTH_BESIDE;
  return (
    <g className={styles.other} data-narrow={!one} transform={`translate(${String(x)} ${String(y)})`} aria-hidden>
      <rect x={-width / 2} y={-HEIGHT / 2} width={width} height={HEIGHT} rx={HEIGHT / 2} />
      <text textAnchor="middle" dominantBaseline="central">
        {one ? (only === 0 ? say.clear() : fixed(only, 1)) : say.others({ count: severities.length })}
      </text>
    </g>
  );
}
