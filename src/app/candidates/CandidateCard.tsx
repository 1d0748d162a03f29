/** One candidate: where it changed, what the second reader says of it, and its receipt's verdict. */

import { Pin } from 'lucide-react';
import { effectOf, severityOf } from '../../counterfactual/receipt/effectLine';
import { fromTo } from '../../counterfactual/receipt/line';
import type { Candidate, CandidateSet } from '../../state/candidates';
import { useReceipt } from '../receipt/useReceipt';
import { VERDICT_ICONS, VERDICT_WORDS } from '../receipt/verdicts';
import { severityWord } from '../request/severityScale';
import { useStudioState } from '../StudioContext';
import { ThumbnailImage } from '../ui/ThumbnailImage';
import styles from './CandidateCard.module.css';
import { changeThumbnail } from './changeThumbnail';

interface CandidateCardProps {
  readonly id: string;
  readonly kind: CandidateSet['kind'];
  readonly candidate: Candidate;
  readonly shown: boolean;
  readonly compared: boolean;
  readonly onShow: () => void;
}

/** Told under the picture. */
function useWords({ kind, candidate }: Pick<CandidateCardProps, 'kind' | 'candidate'>): { readonly title: string; readonly score: string } {
  const scale = useStudioState((state) => state.release?.rulers.severityScale ?? 1);
  const { counterfactual } = candidate;
  const [before, after] = effectOf(counterfactual);
  const { edit, sampling } = counterfactual.recipe;
  if (kind === 'sweep') {
    const read = severityOf(after, scale);
    return { title: `Asked ${edit.severity.toFixed(2)}`, score: `${read.toFixed(1)} ${severityWord(read)}` };
  }
  return { title: kind === 'search' ? 'Best found' : `Seed ${String(sampling.seed)}`, score: fromTo(before, after) };
}

export function CandidateCard(props: CandidateCardProps) {
  const { id, candidate, shown, compared, onShow } = props;
  const { title, score } = useWords(props);
  const receipt = useReceipt(candidate);
  const Icon = receipt === undefined ? undefined : VERDICT_ICONS[receipt.verdict];
  const verdict = receipt === undefined ? '' : VERDICT_WORDS[receipt.verdict];
  const spoken = [title, score, `receipt: ${verdict}`, candidate.pinned ? 'pinned' : '', compared ? 'compared' : ''].filter((each) => each !== '').join(', ');
  return (
    <div id={id} role="option" aria-selected={shown} aria-label={spoken} className={styles.card} data-pinned={candidate.pinned} data-compared={compared} onClick={onShow}>
      <ThumbnailImage thumbnail={changeThumbnail(candidate.counterfactual)} className={styles.picture} />
      {candidate.pinned ? <Pin aria-hidden size={12} className={styles.pin} /> : null}
      <span className={styles.title}>
        {title}
        {Icon === undefined ? null : <Icon aria-hidden size={13} className={styles[receipt?.verdict ?? 'green']} />}
      </span>
      <span className={styles.score}>{score}</span>
    </div>
  );
}
