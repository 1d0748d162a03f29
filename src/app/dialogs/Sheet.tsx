/** A large dialog: a title, what it is about in one line, and room for its parts. */

import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import * as say from '../../messages/en/dialogs';
import type { Dialog as DialogName } from '../../state/slices/surface';
import { useStudioState } from '../StudioContext';
import { classes } from '../ui/classes';
import { returnFocus } from '../ui/returnFocus';
import styles from './Sheet.module.css';

interface SheetProps {
  readonly name: DialogName;
  readonly title: string;
  readonly about: ReactNode;
  readonly narrow?: boolean;
  /** As high as the window, and wider; its parts scroll by themselves. */
  readonly tall?: boolean;
  /** Nothing closes it: what it does has to be seen to its end. */
  readonly locked?: boolean;
  /** Below the parts: what can be done. */
  readonly foot?: ReactNode;
  readonly children: ReactNode;
}

export function Sheet({
  name,
  title,
  about,
  narrow = false,
  tall = false,
  locked = false,
  foot,
  children,
}: SheetProps) {
  const open = useStudioState((state) => state.dialog === name);
  const setDialog = useStudioState((state) => state.setDialog);
  return (
    <Dialog.Root
      open={open}
      onOpenChange={(next) => {
        if (!locked) setDialog(next ? name : undefined);
      }}
    >
      <Dialog.Portal>
        <Dialog.Overlay className={styles.veil} />
        <Dialog.Content
          className={classes(styles.sheet, narrow && styles.narrow, tall && styles.tall)}
          {...returnFocus}
        >
          <header className={styles.header}>
            <div>
              <Dialog.Title className={styles.title}>{title}</Dialog.Title>
              <Dialog.Description className={styles.about}>{about}</Dialog.Description>
            </div>
            <Dialog.Close className={styles.close} aria-label={say.close()} disabled={locked}>
              <X aria-hidden size={16} />
            </Dialog.Close>
          </header>
          {/* What scrolls has to be reachable by keyboard, also where nothing inside it is. */}
          {tall ? (
            <div className={styles.parts}>{children}</div>
          ) : (
            <div className={styles.body} tabIndex={0} role="region" aria-label={say.contents({ title })}>
              {children}
            </div>
          )}
          {foot === undefined ? null : <footer className={styles.foot}>{foot}</footer>}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
