/** Asks before a project is deleted for good. */

import { AlertDialog } from 'radix-ui';
import * as say from '../../messages/en/projects';
import { Button } from '../ui/Button';
import styles from './ConfirmDelete.module.css';

interface ConfirmDeleteProps {
  /** Of the project; undefined: nothing is asked. */
  readonly title: string | undefined;
  readonly onCancel: () => void;
  readonly onConfirm: () => void;
}

export function ConfirmDelete({ title, onCancel, onConfirm }: ConfirmDeleteProps) {
  return (
    <AlertDialog.Root
      open={title !== undefined}
      onOpenChange={(open) => {
        if (!open) onCancel();
      }}
    >
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={styles.veil} />
        <AlertDialog.Content className={styles.sheet}>
          <AlertDialog.Title className={styles.title}>{say.deleteQuestion({ title: title ?? '' })}</AlertDialog.Title>
          <AlertDialog.Description className={styles.text}>
            {say.deleteMeans()}
          </AlertDialog.Description>
          <div className={styles.buttons}>
            <AlertDialog.Cancel asChild>
              <Button>{say.keepIt()}</Button>
            </AlertDialog.Cancel>
            <AlertDialog.Action asChild>
              <Button className={styles.danger} onClick={onConfirm}>
                {say.deleteProject()}
              </Button>
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
