/** One candidate: where it changed, what the second reader says of it, and its receipt's verdict. */

import { Pin } from 'lucide-react';
import { effectOf, severityOf } from '../../counterfactual/receipt/effectLine';
import { fromTo } from '../../counterfactual/receipt/line';
import * as say from '../../messages/en/candidates';
import { fixed, listed } from '../../messages/numbers';
import type { Candidate, CandidateSet } from '../../record/candidates';
import { useReceipt } from '../receipt/useReceipt';
import { VERDICT_ICONS, VERDICT_WORDS } from '../receipt/verdicts';
import { severityWord } from '../../findings/words';
import { useStudioState } from '../StudioContext';
import { ThumbnailImage } from '../ui/ThumbnailImage';
import styles from './CandidateCard.module.css';
import { useChangeThumbnail } from './changeThumbnail';

interface CandidateCardProps {
  readonly id: string;
  readonly kind: CandidateSet['kind'];
  readonly candidate: Candidate;
  readonly shown: boolean;
  readonly compared: boolean;
  readonly onShow: () => void;
}

/** Told under the picture. */
function useWords({ kind, candidate }: Pick<CandidateCardProps, 'kind' | 'candidate'>): {
  readonly title: string;
  readonly score: string;
} {
  const scale = useStudioState((state) => state.release?.rulers.severityScale ?? 1);
  const { counterfactual } = candidate;
  const [before, after] = effectOf(counterfactual);
  const { edit, sampling } = counterfactual.recipe;
  if (kind === 'sweep') {
    const read = severityOf(after, scale);
    return {
      title: say.asked({ grade: fixed(edit.severity, 2) }),
      score: say.gradeNamed({ grade: fixed(read, 1), name: severityWord(read) }),
    };
  }
  return {
    title: kind === 'search' ? say.bestFound() : say.seed({ seed: sampling.seed }),
    score: fromTo(before, after),
  };
}

export function CandidateCard(props: CandidateCardProps) {
  const { id, candidate, shown, compared, onShow } = props;
  const { title, score } = useWords(props);
  const receipt = useReceipt(candidate);
  const Icon = receipt === undefined ? undefined : VERDICT_ICONS[receipt.verdict];
  const verdict = receipt === undefined ? '' : VERDICT_WORDS[receipt.verdict]();
  const spoken = listed(
    [
      title,
      score,
      say.receipt({ verdict }),
      candidate.pinned ? say.pinned() : '',
      compared ? say.compared() : '',
    ].filter((each) => each !== ''),
  );
  return (
    <div
      id={id}
      role="option"
      aria-selected={shown}
      aria-label={spoken}
      className={styles.card}
      data-pinned={candidate.pinned}
      data-compared={compared}
      onClick={onShow}
    >
      <ThumbnailImage thumbnail={useChangeThumbnail(candidate)} className={styles.picture} />
      {candidate.pinned ? <Pin aria-hidden size={12} className={styles.pin} /> : null}
      <span className={styles.title}>
        {title}
        {Icon === undefined ? null : <Icon aria-hidden size={13} className={styles[receipt?.verdict ?? 'green']} />}
      </span>
      <span className={styles.score}>{score}</span>
    </div>
  );
}
