/** Whether a drawn outline adds to the mask or takes away from it. */

import { Minus, Plus } from 'lucide-react';
import { ToggleGroup } from 'radix-ui';
import { useStudioState } from '../StudioContext';
import { Hint } from '../ui/Hint';
import styles from './ShapeMode.module.css';

export function ShapeMode() {
  const subtract = useStudioState((state) => state.subtractShapes);
  const setSubtractShapes = useStudioState((state) => state.setSubtractShapes);
  return (
    <Hint label="Add or subtract" detail="Hold Alt for the other.">
      <ToggleGroup.Root
        type="single"
        className={styles.group}
        aria-label="What the outline does"
        value={subtract ? 'subtract' : 'add'}
        onValueChange={(value) => { if (value !== '') setSubtractShapes(value === 'subtract'); }}
      >
        <ToggleGroup.Item value="add" className={styles.item}>
          <Plus aria-hidden size={13} />
          Add
        </ToggleGroup.Item>
        <ToggleGroup.Item value="subtract" className={styles.item}>
          <Minus aria-hidden size={13} />
          Subtract
        </ToggleGroup.Item>
      </ToggleGroup.Root>
    </Hint>
  );
}
