/** How the result came about: seed, settings, networks. Enough to make it again. */

import { ChevronRight, Fingerprint } from 'lucide-react';
import { useId, useState } from 'react';
import type { Recipe } from '../../counterfactual/edit';
import styles from './ReceiptRow.module.css';

const SAMPLERS = { 'twin-flow': 'Twin flow', inpaint: 'Inpainting' } as const;

function searchFigures({ search }: Recipe): readonly (readonly [string, string])[] {
  if (search === undefined) return [];
  const found = 'trials' in search ? [['Noises tried', String(search.trials)], ['Score', `${search.startScore.toFixed(2)} → ${search.score.toFixed(2)}`]] as const : [];
  return [...found, ['Kept trials', search.path.length === 0 ? 'none: the first was the best' : search.path.join(', ')]];
}

function figuresOf(recipe: Recipe, milliseconds: number): readonly (readonly [string, string])[] {
  const { seed, steps, guidance, sampler, maxTime } = recipe.sampling;
  return [
    ['Seed', String(seed)],
    ['Sampler', `${SAMPLERS[sampler]}, ${String(steps)} steps from t ${String(maxTime)}`],
    ['Guidance', String(guidance)],
    ...searchFigures(recipe),
    ['Time', `${(milliseconds / 1000).toFixed(1)} s`],
    ['Made on', recipe.backend],
    ['Made at', recipe.createdAt],
    ...Object.entries(recipe.models).map(([name, version]) => [`Network ${name}`, version] as const),
  ];
}

export function Origin({ recipe, milliseconds }: { readonly recipe: Recipe; readonly milliseconds: number }) {
  const [open, setOpen] = useState(false);
  const figuresId = useId();
  return (
    <li className={styles.row} data-testid="receipt-origin">
      <button type="button" className={styles.head} aria-expanded={open} aria-controls={figuresId} onClick={() => { setOpen(!open); }}>
        <Fingerprint className={styles.icon} aria-hidden size={15} />
        <span className={styles.words}>
          <span className={styles.question}>How was it made?</span>
          <span className={styles.reason}>
            Seed {recipe.sampling.seed}, {recipe.sampling.steps} steps{recipe.search === undefined ? '' : ', by search'}
          </span>
        </span>
        <span className={styles.key} />
        <ChevronRight aria-hidden size={13} className={styles.chevron} />
      </button>
      {open ? (
        <dl id={figuresId} className={styles.figures}>
          {figuresOf(recipe, milliseconds).map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </li>
  );
}
