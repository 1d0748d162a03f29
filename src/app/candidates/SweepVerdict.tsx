/** Whether the read severities follow the asked ones. */

import { effectOf, severityOf } from '../../counterfactual/receipt/effectLine';
import type { CandidateSet } from '../../record/candidates';
import { useStudioState } from '../StudioContext';
import styles from './SweepVerdict.module.css';
import { sweepInWords } from './sweepWords';

export function SweepVerdict({ set }: { readonly set: CandidateSet }) {
  const scale = useStudioState((state) => state.release?.rulers.severityScale);
  if (scale === undefined || set.items.length < 2) return null;
  const readings = set.items.map(({ counterfactual }) => ({
    asked: counterfactual.recipe.edit.severity,
    read: severityOf(effectOf(counterfactual)[1], scale),
  }));
  return (
    <p className={styles.verdict} data-testid="sweep-verdict" aria-live="polite">
      {sweepInWords(readings)}
    </p>
  );
}
