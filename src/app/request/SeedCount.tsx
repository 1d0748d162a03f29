/** How many results of one request: 1 to 16 seeds. */

import { Minus, Plus } from 'lucide-react';
import * as say from '../../messages/en/request';
import { givesBack, hasOneAnswer, seedsAsked } from '../../state/seeds';
import { currentDocument } from '../../state/slices/documents';
import { SEEDS } from '../../state/slices/queue';
import { useStudioState } from '../StudioContext';
import { Hint } from '../ui/Hint';
import { Rich } from '../ui/Rich';
import styles from './SeedCount.module.css';

export function SeedCount() {
  const count = useStudioState(seedsAsked);
  const one = useStudioState((state) => {
    const document = currentDocument(state);
    return document !== undefined && hasOneAnswer(document);
  });
  const back = useStudioState((state) => {
    const document = currentDocument(state);
    return document !== undefined && givesBack(document);
  });
  const setSeedCount = useStudioState((state) => state.setSeedCount);
  const step = (by: number) => {
    if (!one) setSeedCount(count + by);
  };
  return (
    <Hint label={say.results()} detail={back ? say.backOnce() : one ? say.oneAnswer() : say.severalSeeds()} side="top">
      <div
        className={styles.count}
        role="spinbutton"
        tabIndex={0}
        aria-label={say.seeds()}
        aria-valuenow={count}
        aria-disabled={one}
        aria-valuemin={SEEDS.min}
        aria-valuemax={SEEDS.max}
        aria-valuetext={say.seedCount({ count })}
        onKeyDown={(event) => {
          const by = {
            ArrowUp: 1,
            ArrowRight: 1,
            ArrowDown: -1,
            ArrowLeft: -1,
            PageUp: 4,
            PageDown: -4,
            Home: -SEEDS.max,
            End: SEEDS.max,
          }[event.key];
          if (by === undefined) return;
          event.preventDefault();
          step(by);
        }}
      >
        <button
          type="button"
          tabIndex={-1}
          aria-hidden
          disabled={one || count <= SEEDS.min}
          onClick={() => {
            step(-1);
          }}
        >
          <Minus aria-hidden size={14} />
        </button>
        <span>
          <Rich message={say.seedCountDrawn} values={{ count }} tags={{ small: (word) => <small>{word}</small> }} />
        </span>
        <button
          type="button"
          tabIndex={-1}
          aria-hidden
          disabled={one || count >= SEEDS.max}
          onClick={() => {
            step(1);
          }}
        >
          <Plus aria-hidden size={14} />
        </button>
      </div>
    </Hint>
  );
}
