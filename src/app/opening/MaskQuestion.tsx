/** Asks what a black and white picture of the radiograph's size is: its mask, or a radiograph. */

import * as say from '../../messages/en/masks';
import { answerMaskQuestion } from '../../state/commands/openDropped';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import { Question } from '../ui/Question';

export default function MaskQuestion() {
  const studio = useStudio();
  const names = useStudioState((state) => state.maskQuestion.map(({ name }) => name).join(', '));
  return (
    <Question
      open={names !== ''}
      title={say.maskQuestion({ names })}
      text={say.maskQuestionWhy()}
      cancel={say.neither()}
      onCancel={() => void answerMaskQuestion(studio, 'neither')}
    >
      <Button onClick={() => void answerMaskQuestion(studio, 'radiograph')}>{say.asRadiograph()}</Button>
      <Button tone="primary" onClick={() => void answerMaskQuestion(studio, 'mask')}>
        {say.asMask()}
      </Button>
    </Question>
  );
}
