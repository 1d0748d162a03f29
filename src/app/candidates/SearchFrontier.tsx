/** What a search has tried: score against how much the picture changed, and the best so far. */

import type { SearchTrial } from '../../counterfactual/search/searchEdit';
import * as say from '../../messages/en/candidates';
import { fixed, percent } from '../../messages/numbers';
import styles from './SearchFrontier.module.css';

const WIDTH = 232;
const HEIGHT = 104;
const EDGE = { left: 10, right: 10, top: 10, bottom: 10 };

/** Position of a value in its range; a range of nothing has its middle. */
function along(value: number, low: number, high: number): number {
  return high - low < 1e-9 ? 0.5 : (value - low) / (high - low);
}

/** Trials that no other betters in both: a higher score for no more change. In order of change. */
export function frontierOf(trials: readonly SearchTrial[]): readonly SearchTrial[] {
  const ordered = [...trials].sort((a, b) => a.change - b.change || b.score - a.score);
  let most = -Infinity;
  return ordered.filter(({ score }) => {
    if (score <= most) return false;
    most = score;
    return true;
  });
}

export function SearchFrontier({ trials, total }: { readonly trials: readonly SearchTrial[]; readonly total: number }) {
  const best = trials.filter((trial) => trial.best).at(-1);
  const first = trials[0];
  if (best === undefined || first === undefined) return <p className={styles.wait}>{say.firstNoise()}</p>;
  const changes = trials.map(({ change }) => change);
  const scores = trials.map(({ score }) => score);
  const [lowX, highX, lowY, highY] = [
    Math.min(...changes),
    Math.max(...changes),
    Math.min(...scores),
    Math.max(...scores),
  ];
  const x = ({ change }: SearchTrial) => EDGE.left + along(change, lowX, highX) * (WIDTH - EDGE.left - EDGE.right);
  const y = ({ score }: SearchTrial) =>
    HEIGHT - EDGE.bottom - along(score, lowY, highY) * (HEIGHT - EDGE.top - EDGE.bottom);
  const frontier = frontierOf(trials);
  const words = say.noisesTried({ count: trials.length, total, from: fixed(first.score, 2), to: fixed(best.score, 2) });
  return (
    <figure className={styles.frontier} data-testid="search-frontier">
      <svg
        viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`}
        width={WIDTH}
        height={HEIGHT}
        role="img"
        aria-label={say.scoreAgainstChange({ tried: words })}
      >
        <line className={styles.axis} x1={4} y1={HEIGHT - 4} x2={WIDTH - 4} y2={HEIGHT - 4} />
        <line className={styles.axis} x1={4} y1={4} x2={4} y2={HEIGHT - 4} />
        <polyline
          className={styles.front}
          points={frontier.map((trial) => `${x(trial).toFixed(1)},${y(trial).toFixed(1)}`).join(' ')}
        />
        {trials.map((trial) => (
          <circle
            key={trial.trial}
            className={trial.trial === best.trial ? styles.best : trial.trial === 0 ? styles.first : styles.trial}
            cx={x(trial)}
            cy={y(trial)}
            r={trial.trial === best.trial ? 5 : 3}
          />
        ))}
      </svg>
      <figcaption>
        <b>{words}</b>
        <span>{say.frontierAxes({ from: fixed(100 * lowX, 1), to: percent(highX, 1) })}</span>
      </figcaption>
    </figure>
  );
}
