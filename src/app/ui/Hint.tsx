/** A tooltip: a name, its shortcut, and perhaps a sentence. The trigger keeps its own accessible name. */

import { Tooltip } from 'radix-ui';
import type { ReactNode } from 'react';
import { Keys } from './Keys';
import styles from './Hint.module.css';

interface HintProps {
  readonly label: ReactNode;
  readonly detail?: ReactNode;
  readonly shortcut?: string | undefined;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  readonly children: ReactNode;
}

export function Hint({ label, detail, shortcut, side = 'bottom', children }: HintProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className={styles.hint} side={side} sideOffset={6} collisionPadding={8}>
          <span className={styles.title}>
            {label}
            {shortcut === undefined ? null : <Keys shortcut={shortcut} />}
          </span>
          {detail === undefined ? null : <span className={styles.detail}>{detail}</span>}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
