/** The findings, best supported first. What was learnt from few radiographs says so. */

import { ToggleGroup } from 'radix-ui';
import { useState } from 'react';
import type { Finding } from '../../findings/vocabulary';
import { chooseFinding } from '../../state/commands/request';
import { currentDocument } from '../../state/slices/documents';
import { findingLabel } from '../findingLabel';
import { useStudio, useStudioState } from '../StudioContext';
import { Hint } from '../ui/Hint';
import styles from './FindingChips.module.css';
import { EDITABLE_FINDINGS, supportOf, trainingImages } from './findingSupport';

const REMARKS = {
  head: undefined,
  mid: 'Learnt from few radiographs: look twice.',
  tail: 'Learnt from very few radiographs: expect weak or wrong results.',
} as const;

function Chip({ finding }: { readonly finding: Finding }) {
  const auroc = useStudioState((state) => state.release?.auroc[finding]);
  const support = supportOf(finding);
  const known = `${trainingImages(finding).toLocaleString('en')} training radiographs${auroc === undefined ? '' : `, reader AUROC ${auroc.toFixed(2)}`}.`;
  const remark = REMARKS[support];
  return (
    <Hint label={findingLabel(finding)} detail={remark === undefined ? known : `${known} ${remark}`} side="top">
      <ToggleGroup.Item value={finding} className={styles.chip} data-support={support}>
        {findingLabel(finding)}
        {support === 'head' ? null : <span className={styles.mark} aria-label={support === 'mid' ? 'few examples' : 'very few examples'} role="img" />}
      </ToggleGroup.Item>
    </Hint>
  );
}

export function FindingChips() {
  const studio = useStudio();
  const finding = useStudioState((state) => currentDocument(state)?.request.finding);
  const [all, setAll] = useState(false);
  const shown = EDITABLE_FINDINGS.filter((each) => all || supportOf(each) !== 'tail' || each === finding);
  return (
    <div className={styles.findings}>
      <div className={styles.heading}>
        <span id="finding-label">Finding</span>
        <span className={styles.legend} aria-hidden>
          <i data-support="mid" /> few examples
          <i data-support="tail" /> very few
        </span>
      </div>
      <div className={styles.flow}>
      <ToggleGroup.Root
        type="single"
        className={styles.chips}
        aria-labelledby="finding-label"
        value={finding ?? ''}
        onValueChange={(value) => {
          const chosen = EDITABLE_FINDINGS.find((each) => each === value);
          if (chosen !== undefined) chooseFinding(studio, chosen);
        }}
      >
        {shown.map((each) => (
          <Chip key={each} finding={each} />
        ))}
      </ToggleGroup.Root>
      <button type="button" className={styles.more} aria-expanded={all} onClick={() => { setAll(!all); }}>
        {all ? 'Fewer' : `${String(EDITABLE_FINDINGS.length - shown.length)} more…`}
      </button>
      </div>
    </div>
  );
}
