/** One finding: its probability as a bar, the threshold as a tick; with a counterfactual, from where to where. */

import type { Finding } from '../../findings/vocabulary';
import { findingLabel } from '../findingLabel';
import { classes } from '../ui/classes';
import styles from './FindingRow.module.css';

interface FindingRowProps {
  readonly finding: Finding;
  readonly before: number;
  readonly after: number | undefined;
  readonly threshold: number | undefined;
  readonly asked: boolean;
}

const percent = (probability: number): string => String(Math.round(probability * 100));
const along = (probability: number): string => `${(100 * Math.min(1, Math.max(0, probability))).toFixed(1)}%`;

function spoken({ finding, before, after, threshold }: FindingRowProps): string {
  const called = (probability: number) => (threshold === undefined ? '' : probability >= threshold ? ', called' : ', not called');
  const name = findingLabel(finding);
  if (after === undefined) return `${name}: ${percent(before)} percent${called(before)}`;
  return `${name}: from ${percent(before)} to ${percent(after)} percent${called(after)}`;
}

export function FindingRow(props: FindingRowProps) {
  const { finding, before, after, threshold, asked } = props;
  const shown = after ?? before;
  // A normal chest is no warning.
  const called = finding !== 'no_finding' && threshold !== undefined && shown >= threshold;
  const low = Math.min(before, shown);
  return (
    <li className={classes(styles.row, asked && styles.asked)} aria-label={spoken(props)}>
      <span className={styles.name} aria-hidden>
        {findingLabel(finding)}
      </span>
      <span className={styles.bar} aria-hidden>
        {after === undefined ? (
          <span className={styles.fill} data-called={called} style={{ width: along(before) }} />
        ) : (
          <>
            <span className={styles.path} style={{ left: along(low), width: along(Math.abs(shown - before)) }} />
            <span className={styles.from} style={{ left: along(before) }} />
            <span className={styles.to} data-called={called} style={{ left: along(after) }} />
          </>
        )}
        {threshold === undefined ? null : <span className={styles.tick} style={{ left: along(threshold) }} />}
      </span>
      <span className={styles.number} data-called={called} aria-hidden>
        {after === undefined ? `${percent(before)} %` : `${percent(before)} → ${percent(after)} %`}
      </span>
    </li>
  );
}
