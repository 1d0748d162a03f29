/** For those who want to know: seed, steps, guidance, sampler. Folded away until asked for. */

import { ChevronRight, Dices, Lock, LockOpen, RotateCcw } from 'lucide-react';
import { Collapsible } from 'radix-ui';
import { useId, useState } from 'react';
import * as say from '../../messages/en/request';
import { plain, small } from '../../messages/numbers';
import { GUIDANCE, MAX_SEED, STEPS, type SamplingRequest } from '../../record/editRequest';
import { setSampling } from '../../state/commands/request';
import { samplingFor } from '../../state/release';
import { toEdit } from '../../state/requestedEdit';
import { currentDocument } from '../../state/slices/documents';
import { actionRollSeed } from '../actions/request';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import { Hint } from '../ui/Hint';
import { LabelledSlider } from '../ui/LabelledSlider';
import styles from './SamplingControls.module.css';

const SAMPLERS: readonly { readonly value: SamplingRequest['sampler']; readonly label: () => string }[] = [
  { value: 'auto', label: say.automatic },
  { value: 'twin-flow', label: say.twinFlow },
  { value: 'inpaint', label: say.inpaint },
  { value: 'sketch', label: say.sketchSampler },
];

function Seed({ sampling }: { readonly sampling: SamplingRequest }) {
  const studio = useStudio();
  const id = useId();
  const { seed, seedLocked } = sampling;
  // What is being typed need not be a seed yet, such as an empty field.
  const [draft, setDraft] = useState<string | undefined>(undefined);
  const LockIcon = seedLocked ? Lock : LockOpen;
  return (
    <div className={styles.row}>
      <label htmlFor={id}>{say.seed()}</label>
      <div className={styles.seed}>
        <input
          id={id}
          type="number"
          min={0}
          max={MAX_SEED}
          step={1}
          value={draft ?? seed}
          onBlur={() => {
            setDraft(undefined);
          }}
          onChange={({ target }) => {
            setDraft(target.value);
            const value = target.valueAsNumber;
            if (Number.isInteger(value) && value >= 0 && value <= MAX_SEED) setSampling(studio, { seed: value });
          }}
        />
        <Hint label={actionRollSeed.label()}>
          <Button
            tone="quiet"
            aria-label={actionRollSeed.label()}
            icon={Dices}
            onClick={() => void actionRollSeed.perform(studio)}
          />
        </Hint>
        <Hint label={seedLocked ? say.seedKept() : say.seedMoves()}>
          <Button
            tone="quiet"
            aria-label={say.keepSeed()}
            aria-pressed={seedLocked}
            icon={LockIcon}
            onClick={() => {
              setSampling(studio, { seedLocked: !seedLocked });
            }}
          />
        </Hint>
      </div>
    </div>
  );
}

function Amount(props: {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly onChange: (value: number) => void;
}) {
  return (
    <div className={styles.row}>
      <span aria-hidden>{props.label}</span>
      <div className={styles.amount}>
        <LabelledSlider {...props} />
        <span className={styles.number}>{plain(props.value)}</span>
      </div>
    </div>
  );
}

function Sampler({ sampling }: { readonly sampling: SamplingRequest }) {
  const studio = useStudio();
  const id = useId();
  return (
    <div className={styles.row}>
      <label htmlFor={id}>{say.sampler()}</label>
      <select
        id={id}
        value={sampling.sampler}
        onChange={({ target }) => {
          const chosen = SAMPLERS.find(({ value }) => value === target.value);
          if (chosen !== undefined) setSampling(studio, { sampler: chosen.value });
        }}
      >
        {SAMPLERS.map(({ value, label }) => (
          <option key={value} value={value}>
            {label()}
          </option>
        ))}
      </select>
    </div>
  );
}

/** The settings that the user took over from the release. */
function chosen(sampling: SamplingRequest | undefined): { readonly steps?: number; readonly guidance?: number } {
  return {
    ...(sampling?.steps === undefined ? {} : { steps: sampling.steps }),
    ...(sampling?.guidance === undefined ? {} : { guidance: sampling.guidance }),
  };
}

export function SamplingControls() {
  const studio = useStudio();
  const sampling = useStudioState((state) => currentDocument(state)?.request.sampling);
  const kind = useStudioState((state) => {
    const document = currentDocument(state);
    return document === undefined ? 'add' : toEdit(document.request, document.mask).kind;
  });
  const release = useStudioState((state) => state.release);
  const { steps, guidance } = { ...samplingFor(release, kind), ...chosen(sampling) };
  return (
    <Collapsible.Root className={styles.root}>
      <Collapsible.Trigger className={styles.trigger}>
        <ChevronRight aria-hidden size={14} />
        {say.advanced()}
        <span className={styles.gist}>
          {sampling === undefined
            ? ''
            : say.gist({
                seed: sampling.seed,
                steps,
                sampler: small(SAMPLERS.find(({ value }) => value === sampling.sampler)?.label() ?? ''),
              })}
        </span>
      </Collapsible.Trigger>
      {sampling === undefined ? null : (
        <Collapsible.Content className={styles.content}>
          <Seed sampling={sampling} />
          <Amount
            label={say.steps()}
            value={steps}
            step={1}
            {...STEPS}
            onChange={(value) => {
              setSampling(studio, { steps: value });
            }}
          />
          <Amount
            label={say.guidance()}
            value={guidance}
            step={0.5}
            {...GUIDANCE}
            onChange={(value) => {
              setSampling(studio, { guidance: value });
            }}
          />
          <Sampler sampling={sampling} />
          {sampling.steps === undefined && sampling.guidance === undefined ? null : (
            <Button
              size="small"
              tone="quiet"
              icon={RotateCcw}
              onClick={() => {
                setSampling(studio, { steps: undefined, guidance: undefined });
              }}
            >
              {say.asAdvised()}
            </Button>
          )}
        </Collapsible.Content>
      )}
    </Collapsible.Root>
  );
}
