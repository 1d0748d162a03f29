/** How the result came about: seed, settings, networks. Enough to make it again. */

import { ChevronRight, Fingerprint } from 'lucide-react';
import { useId, useState } from 'react';
import type { DrawnFinding, Recipe } from '../../counterfactual/edit';
import { amountText } from '../../findings/amountWords';
import { findingName } from '../../findings/words';
import * as say from '../../messages/en/receipt';
import * as units from '../../messages/en/units';
import { capital, fixed, plain, seconds } from '../../messages/numbers';
import styles from './ReceiptRow.module.css';

const SAMPLERS = { 'twin-flow': say.twinFlow, inpaint: say.inpainting } as const;

function searchFigures({ search }: Recipe): readonly (readonly [string, string])[] {
  if (search === undefined) return [];
  const found =
    'trials' in search
      ? ([
          [say.noisesTried(), String(search.trials)],
          [say.score(), units.fromTo({ from: fixed(search.startScore, 2), to: fixed(search.score, 2) })],
        ] as const)
      : [];
  return [...found, [say.keptTrials(), search.path.length === 0 ? say.firstWasBest() : search.path.join(', ')]];
}

function samplerFigures(sampling: Recipe['sampling']): readonly (readonly [string, string])[] {
  if (sampling.sampler === 'sketch') return [[say.sampler(), say.sketched()]];
  const { steps, guidance, sampler, maxTime, healthyTwin, repeatAbove, passes } = sampling;
  const name = healthyTwin === true ? say.fromHealthyTwin() : SAMPLERS[sampler]();
  const stepsText = repeatAbove === undefined || passes < 2 ? say.samplerSteps : say.samplerStepsAtMost;
  return [
    [say.sampler(), stepsText({ sampler: name, steps, time: plain(maxTime) })],
    [say.guidance(), plain(guidance)],
  ];
}

function drawnText({ amount, unit, harmonised }: DrawnFinding): string {
  const drawn = amountText(amount, unit);
  return harmonised === undefined
    ? say.notHarmonised({ amount: drawn })
    : say.harmonisedFrom({ amount: drawn, steps: harmonised.steps, time: plain(harmonised.from) });
}

function inShort({ sampling, drawn, search }: Recipe): string {
  const { seed } = sampling;
  const isDonors = drawn?.some(({ pathology }) => pathology !== undefined) === true;
  if (drawn?.some(({ taken }) => taken !== undefined) === true) return say.madeOfTaken();
  if (sampling.sampler === 'sketch') return (isDonors ? say.madeOfDonor : say.madeBySketch)({ seed });
  const { steps, passes, repeatAbove } = sampling;
  if (search === undefined && drawn === undefined && repeatAbove !== undefined && passes > 1)
    return say.madeAtMost({ seed, steps });
  if (drawn !== undefined) return (isDonors ? say.madeOfDonorToo : say.madeBySketchToo)({ seed, steps });
  return (search === undefined ? say.made : say.madeBySearch)({ seed, steps });
}

function figuresOf(recipe: Recipe, milliseconds: number): readonly (readonly [string, string])[] {
  const { sampling } = recipe;
  return [
    [say.seed(), String(sampling.seed)],
    ...samplerFigures(sampling),
    ...(recipe.drawn ?? []).map(
      (drawn) => [say.drawnFinding({ finding: capital(findingName(drawn.finding)) }), drawnText(drawn)] as const,
    ),
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
      <button
        type="button"
        className={styles.head}
        aria-expanded={open}
        aria-controls={figuresId}
        onClick={() => {
          setOpen(!open);
        }}
      >
        <Fingerprint className={styles.icon} aria-hidden size={15} />
        <span className={styles.words}>
          <span className={styles.question}>{say.howMade()}</span>
          <span className={styles.reason}>{inShort(recipe)}</span>
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
