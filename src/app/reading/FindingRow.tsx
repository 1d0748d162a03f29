/** One finding: its probability as a bar, the threshold as a tick; with a counterfactual, from where to where. */

import type { Finding } from '../../findings/vocabulary';
import * as say from '../../messages/en/reading';
import * as units from '../../messages/en/units';
import { fixed, percent } from '../../messages/numbers';
import { findingLabel } from '../findingLabel';
import { classes } from '../ui/classes';
import styles from './FindingRow.module.css';

interface FindingRowProps {
  readonly finding: Finding;
  readonly before: number;
  readonly after: number | undefined;
  readonly threshold: number | undefined;
  readonly asked: boolean;
  /** False: the reader can hardly tell it from other things, so no number is shown. */
  readonly readable?: boolean;
}

const share = (probability: number): string => fixed(probability * 100, 0);
const along = (probability: number): string => `${(100 * Math.min(1, Math.max(0, probability))).toFixed(1)}%`;

function spoken({ finding, before, after, threshold, readable = true }: FindingRowProps): string {
  const name = findingLabel(finding);
  if (!readable) return say.saidNotReadable({ finding: name });
  const called = threshold === undefined ? undefined : (after ?? before) >= threshold;
  if (after === undefined) {
    const words = called === undefined ? say.said : called ? say.saidCalled : say.saidNotCalled;
    return words({ finding: name, share: share(before) });
  }
  const words = called === undefined ? say.changedSaid : called ? say.changedCalled : say.changedNotCalled;
  return words({ finding: name, from: share(before), to: share(after) });
}

export function FindingRow(props: FindingRowProps) {
  const { finding, before, after, threshold, asked, readable = true } = props;
  if (!readable) return <UnreadableRow {...props} />;
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
        {after === undefined ? percent(before) : units.fromTo({ from: share(before), to: percent(after) })}
      </span>
    </li>
  );
}

function UnreadableRow(props: FindingRowProps) {
  return (
    <li className={classes(styles.row, props.asked && styles.asked)} aria-label={spoken(props)}>
      <span className={styles.name} aria-hidden>
        {findingLabel(props.finding)}
      </span>
      <span className={styles.unreadable} aria-hidden>
        {say.notReadable()}
      </span>
    </li>
  );
}
