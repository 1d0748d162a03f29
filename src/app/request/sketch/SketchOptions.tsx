/** The variants of a drawn finding: one of each option is chosen, the usual one unless the user says otherwise. */

import { ToggleGroup } from 'radix-ui';
import type { DrawnFindingKind } from '../../../findings/drawn';
import { setOption } from '../../../state/commands/request';
import { useStudio } from '../../StudioContext';
import { choiceLabel, optionName } from './sketchWords';
import styles from './SketchControls.module.css';

interface SketchOptionsProps {
  readonly kind: DrawnFindingKind;
  readonly chosen: Readonly<Record<string, string>> | undefined;
}

export function SketchOptions({ kind, chosen }: SketchOptionsProps) {
  const studio = useStudio();
  return kind.options.map(({ name, choices }) => {
    const label = optionName(name) ?? name;
    return (
      <div key={name} className={styles.option}>
        <span aria-hidden>{label}</span>
        <ToggleGroup.Root
          type="single"
          className={styles.choices}
          aria-label={label}
          value={chosen?.[name] ?? choices[0].choice}
          onValueChange={(value) => {
            if (value !== '') setOption(studio, name, value);
          }}
        >
          {choices.map(({ choice }) => (
            <ToggleGroup.Item key={choice} value={choice} className={styles.choice}>
              {choiceLabel(choice)}
            </ToggleGroup.Item>
          ))}
        </ToggleGroup.Root>
      </div>
    );
  });
}
