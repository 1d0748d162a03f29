/** Whether a drawn outline adds to the mask or takes away from it. */

import { Minus, Plus } from 'lucide-react';
import { ToggleGroup } from 'radix-ui';
import * as say from '../../messages/en/stage';
import { useStudioState } from '../StudioContext';
import { Hint } from '../ui/Hint';
import styles from './ShapeMode.module.css';

export function ShapeMode() {
  const subtract = useStudioState((state) => state.subtractShapes);
  const setSubtractShapes = useStudioState((state) => state.setSubtractShapes);
  return (
    <Hint label={say.addOrSubtract()} detail={say.holdAlt()}>
      <ToggleGroup.Root
        type="single"
        className={styles.group}
        aria-label={say.outlineDoes()}
        value={subtract ? 'subtract' : 'add'}
        onValueChange={(value) => {
          if (value !== '') setSubtractShapes(value === 'subtract');
        }}
      >
        <ToggleGroup.Item value="add" className={styles.item}>
          <Plus aria-hidden size={13} />
          {say.add()}
        </ToggleGroup.Item>
        <ToggleGroup.Item value="subtract" className={styles.item}>
          <Minus aria-hidden size={13} />
          {say.subtract()}
        </ToggleGroup.Item>
      </ToggleGroup.Root>
    </Hint>
  );
}
