/** Asks what a black and white picture of the radiograph's size is: its mask, or a radiograph. */

import { AlertDialog } from 'radix-ui';
import * as say from '../../messages/en/masks';
import { answerMaskQuestion } from '../../state/commands/openDropped';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import styles from './MaskQuestion.module.css';

export default function MaskQuestion() {
  const studio = useStudio();
  const names = useStudioState((state) => state.maskQuestion.map(({ name }) => name).join(', '));
  return (
    <AlertDialog.Root
      open={names !== ''}
      onOpenChange={(open) => {
        // The answers close it too, and have been given by then.
        if (!open) void answerMaskQuestion(studio, 'neither');
      }}
    >
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={styles.veil} />
        <AlertDialog.Content className={styles.sheet}>
          <AlertDialog.Title className={styles.title}>{say.maskQuestion({ names })}</AlertDialog.Title>
          <AlertDialog.Description className={styles.text}>{say.maskQuestionWhy()}</AlertDialog.Description>
          <div className={styles.buttons}>
            <AlertDialog.Cancel asChild>
              <Button>{say.neither()}</Button>
            </AlertDialog.Cancel>
            <Button onClick={() => void answerMaskQuestion(studio, 'radiograph')}>{say.asRadiograph()}</Button>
            <Button tone="primary" onClick={() => void answerMaskQuestion(studio, 'mask')}>
              {say.asMask()}
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
