/** Asks before a project is deleted for good. */

import { AlertDialog } from 'radix-ui';
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
          <AlertDialog.Title className={styles.title}>Delete “{title}”?</AlertDialog.Title>
          <AlertDialog.Description className={styles.text}>
            Its radiographs, masks, requests and counterfactuals are removed from this browser. This cannot be undone. Files that you saved or opened are
            not touched.
          </AlertDialog.Description>
          <div className={styles.buttons}>
            <AlertDialog.Cancel asChild>
              <Button>Keep it</Button>
            </AlertDialog.Cancel>
            <AlertDialog.Action asChild>
              <Button className={styles.danger} onClick={onConfirm}>
                Delete project
              </Button>
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
