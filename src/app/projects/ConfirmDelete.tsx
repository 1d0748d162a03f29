/** Asks before a project is deleted for good. */

import * as say from '../../messages/en/projects';
import { Button } from '../ui/Button';
import { Question } from '../ui/Question';
import styles from './ConfirmDelete.module.css';

interface ConfirmDeleteProps {
  /** Of the project; undefined: nothing is asked. */
  readonly title: string | undefined;
  readonly onCancel: () => void;
  readonly onConfirm: () => void;
}

export function ConfirmDelete({ title, onCancel, onConfirm }: ConfirmDeleteProps) {
  return (
    <Question
      open={title !== undefined}
      title={say.deleteQuestion({ title: title ?? '' })}
      text={say.deleteMeans()}
      cancel={say.keepIt()}
      onCancel={onCancel}
    >
      <Button className={styles.danger} onClick={onConfirm}>
        {say.deleteProject()}
      </Button>
    </Question>
  );
}
