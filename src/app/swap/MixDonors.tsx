/** Whether a second donor is mixed in, which one, and how much of it. */

import * as say from '../../messages/en/swap';
import { percent } from '../../messages/numbers';
import { LabelledSlider } from '../ui/LabelledSlider';
import { ProblemText } from '../ui/Problem';
import { Switch } from '../ui/Switch';
import styles from './SwapDialog.module.css';
import type { Mixing } from './useMixedDonor';

export function MixDonors({ mixing: { on, share, second, turn, setShare } }: { readonly mixing: Mixing }) {
  return (
    <div className={styles.mixing}>
      <Switch label={say.mixSecond()} checked={on} onChange={turn} />
      {!on ? null : second.status === 'ready' ? (
        <>
          <p className={styles.note}>{say.shareOfSecond({ name: second.donor.title, share: percent(share) })}</p>
          <LabelledSlider
            label={say.secondShare()}
            value={share}
            min={0.1}
            max={0.9}
            step={0.1}
            valueText={percent(share)}
            onChange={setShare}
          />
        </>
      ) : second.status === 'failed' ? (
        <ProblemText problem={second.problem} />
      ) : (
        <p className={styles.note}>{second.status === 'reading' ? say.beingRead() : say.chooseSecond()}</p>
      )}
    </div>
  );
}
