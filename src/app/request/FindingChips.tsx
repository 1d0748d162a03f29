/** The findings, best supported first. What was learnt from few radiographs says so. */

import { ToggleGroup } from 'radix-ui';
import { useState } from 'react';
import type { Finding } from '../../findings/vocabulary';
import * as say from '../../messages/en/request';
import { fixed, grouped } from '../../messages/numbers';
import { chooseFinding } from '../../state/commands/request';
import { currentDocument } from '../../state/slices/documents';
import { findingLabel } from '../findingLabel';
import { useStudio, useStudioState } from '../StudioContext';
import { Hint } from '../ui/Hint';
import { AddFinding } from './AddFinding';
import styles from './FindingChips.module.css';
import { editableFindings, firstFindings, supportOf, type Support } from './findingSupport';

const REMARKS = {
  head: undefined,
  mid: say.learntFromFew,
  tail: say.learntFromVeryFew,
} as const;

function detail(
  images: number | undefined,
  auroc: number | undefined,
  support: Support | undefined,
): string | undefined {
  const remark = support === undefined ? undefined : REMARKS[support]?.();
  return [known(images, auroc), remark].filter((part) => part !== undefined).join(' ') || undefined;
}

function known(images: number | undefined, auroc: number | undefined): string | undefined {
  if (images === undefined) return auroc === undefined ? undefined : say.auroc({ auroc: fixed(auroc, 2) });
  const count = grouped(images);
  return auroc === undefined ? say.trained({ count }) : say.trainedAuroc({ count, auroc: fixed(auroc, 2) });
}

function Chip({ finding }: { readonly finding: Finding }) {
  const auroc = useStudioState((state) => state.release?.auroc[finding]);
  const images = useStudioState((state) => state.release?.support?.[finding]);
  const support = useStudioState((state) => supportOf(finding, state.release?.support));
  return (
    <Hint label={findingLabel(finding)} detail={detail(images, auroc, support)} side="top">
      <ToggleGroup.Item value={finding} className={styles.chip} data-support={support}>
        {findingLabel(finding)}
        {support === undefined || support === 'head' ? null : (
          <span
            className={styles.mark}
            aria-label={support === 'mid' ? say.fewExamples() : say.veryFewExamples()}
            role="img"
          />
        )}
      </ToggleGroup.Item>
    </Hint>
  );
}

export function FindingChips() {
  const studio = useStudio();
  const finding = useStudioState((state) => currentDocument(state)?.request.finding);
  const counts = useStudioState((state) => state.release?.support);
  const [all, setAll] = useState(false);
  const editable = editableFindings(counts);
  const first = firstFindings(counts);
  const shown = editable.filter((each) => all || first.includes(each) || each === finding);
  return (
    <div className={styles.findings}>
      <div className={styles.heading}>
        <span className={styles.title}>
          <span id="finding-label">{say.finding()}</span>
          <AddFinding />
        </span>
        {counts === undefined ? null : (
          <span className={styles.legend} aria-hidden>
            <i data-support="mid" /> {say.fewExamples()}
            <i data-support="tail" /> {say.veryFew()}
          </span>
        )}
      </div>
      <div className={styles.flow}>
        <ToggleGroup.Root
          type="single"
          className={styles.chips}
          aria-labelledby="finding-label"
          value={finding ?? ''}
          onValueChange={(value) => {
            const chosen = editable.find((each) => each === value);
            if (chosen !== undefined) chooseFinding(studio, chosen);
          }}
        >
          {shown.map((each) => (
            <Chip key={each} finding={each} />
          ))}
        </ToggleGroup.Root>
        <button
          type="button"
          className={styles.more}
          aria-expanded={all}
          onClick={() => {
            setAll(!all);
          }}
        >
          {all ? say.fewer() : say.more({ count: editable.length - shown.length })}
        </button>
      </div>
    </div>
  );
}
