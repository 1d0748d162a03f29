/** A question that has to be answered before work goes on. */

import { AlertDialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from './Button';
import { returnFocus } from './returnFocus';
import styles from './Question.module.css';

interface QuestionProps {
  readonly open: boolean;
  readonly title: string;
  /** What follows from the answers. */
  readonly text: string;
  /** The answer that changes nothing, also given by Escape. */
  readonly cancel: string;
  readonly onCancel: () => void;
  /** Between the text and the buttons. */
  readonly body?: ReactNode;
  /** Buttons of the other answers. */
  readonly children?: ReactNode;
}

export function Question({ open, title, text, cancel, onCancel, body, children }: QuestionProps) {
  return (
    <AlertDialog.Root
      open={open}
      onOpenChange={(stays) => {
        if (!stays) onCancel();
      }}
    >
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={styles.veil} />
        <AlertDialog.Content className={styles.sheet} {...returnFocus}>
          <AlertDialog.Title className={styles.title}>{title}</AlertDialog.Title>
          <AlertDialog.Description className={styles.text}>{text}</AlertDialog.Description>
          {body}
          <div className={styles.buttons}>
            <AlertDialog.Cancel asChild>
              <Button>{cancel}</Button>
            </AlertDialog.Cancel>
            {children}
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
