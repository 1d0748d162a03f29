/** Asks before a project that could not be saved makes way for another. */

import * as say from '../../messages/en/projects';
import { toldError } from '../../messages/language';
import { answerLeaveQuestion } from '../../state/commands/leave';
import { saveProjectFile } from '../../state/commands/projectFile';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import { Question } from '../ui/Question';
import styles from './ConfirmDelete.module.css';

export function LeaveQuestion() {
  const studio = useStudio();
  const problem = useStudioState((state) => state.leaveQuestion);
  const told = problem && toldError(problem);
  return (
    <Question
      open={told !== undefined}
      title={say.leaveUnsaved()}
      text={say.leaveMeans({ why: told?.message ?? '', advice: told?.advice ?? '' })}
      cancel={say.stay()}
      onCancel={() => {
        answerLeaveQuestion(studio, false);
      }}
    >
      <Button tone="primary" onClick={() => void saveProjectFile(studio)}>
        {say.saveAsFile()}
      </Button>
      <Button
        className={styles.danger}
        onClick={() => {
          answerLeaveQuestion(studio, true);
        }}
      >
        {say.leaveAnyway()}
      </Button>
    </Question>
  );
}
