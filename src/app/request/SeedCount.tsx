/** How many results of one request: 1 to 16 seeds. */

import { Minus, Plus } from 'lucide-react';
import { SEEDS } from '../../state/slices/queue';
import { useStudioState } from '../StudioContext';
import { Hint } from '../ui/Hint';
import styles from './SeedCount.module.css';

export function SeedCount() {
  const count = useStudioState((state) => state.seedCount);
  const setSeedCount = useStudioState((state) => state.setSeedCount);
  const step = (by: number) => { setSeedCount(count + by); };
  return (
    <Hint label="Results of this request" detail="Several seeds come as candidates, of which you keep what you like." side="top">
      <div
        className={styles.count}
        role="spinbutton"
        tabIndex={0}
        aria-label="Seeds"
        aria-valuenow={count}
        aria-valuemin={SEEDS.min}
        aria-valuemax={SEEDS.max}
        aria-valuetext={count === 1 ? '1 seed' : `${String(count)} seeds`}
        onKeyDown={(event) => {
          const by = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 4, PageDown: -4, Home: -SEEDS.max, End: SEEDS.max }[event.key];
          if (by === undefined) return;
          event.preventDefault();
          step(by);
        }}
      >
        <button type="button" tabIndex={-1} aria-hidden disabled={count <= SEEDS.min} onClick={() => { step(-1); }}>
          <Minus aria-hidden size={14} />
        </button>
        <span>
          {count} <small>{count === 1 ? 'seed' : 'seeds'}</small>
        </span>
        <button type="button" tabIndex={-1} aria-hidden disabled={count >= SEEDS.max} onClick={() => { step(1); }}>
          <Plus aria-hidden size={14} />
        </button>
      </div>
    </Hint>
  );
}
