/** How the result came about: seed, settings, networks. Enough to make it again. */

import { ChevronRight, Fingerprint } from 'lucide-react';
import { useId, useState } from 'react';
import type { Recipe } from '../../counterfactual/edit';
import * as say from '../../messages/en/receipt';
import * as units from '../../messages/en/units';
import { fixed, plain, seconds } from '../../messages/numbers';
import styles from './ReceiptRow.module.css';

const SAMPLERS = { 'twin-flow': say.twinFlow, inpaint: say.inpainting } as const;

function searchFigures({ search }: Recipe): readonly (readonly [string, string])[] {
  if (search === undefined) return [];
  const found = 'trials' in search ? [[say.noisesTried(), String(search.trials)], [say.score(), units.fromTo({ from: fixed(search.startScore, 2), to: fixed(search.score, 2) })]] as const : [];
  return [...found, [say.keptTrials(), search.path.length === 0 ? say.firstWasBest() : search.path.join(', ')]];
}

function figuresOf(recipe: Recipe, milliseconds: number): readonly (readonly [string, string])[] {
  const { seed, steps, guidance, sampler, maxTime } = recipe.sampling;
  return [
    [say.seed(), String(seed)],
    [say.sampler(), say.samplerSteps({ sampler: SAMPLERS[sampler](), steps, time: plain(maxTime) })],
    [say.guidance(), plain(guidance)],
    ...searchFigures(recipe),
    [say.time(), seconds(milliseconds, 1)],
    [say.madeOn(), recipe.backend],
    [say.madeAt(), recipe.createdAt],
    ...Object.entries(recipe.models).map(([name, version]) => [say.network({ name }), version] as const),
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
          <span className={styles.question}>{say.howMade()}</span>
          <span className={styles.reason}>
            {(recipe.search === undefined ? say.made : say.madeBySearch)({ seed: recipe.sampling.seed, steps: recipe.sampling.steps })}
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
