/** How far the plan is; opens its run, review and export. */

import { ListChecks } from 'lucide-react';
import * as say from '../../messages/en/run';
import { finishedOf } from '../../state/slices/run';
import { useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';

export function RunButton() {
  const run = useStudioState((state) => state.run);
  const setDialog = useStudioState((state) => state.setDialog);
  if (run === undefined) return null;
  return (
    <Button
      icon={ListChecks}
      title={say.buttonHint()}
      onClick={() => {
        setDialog('run');
      }}
    >
      {say.button(finishedOf(run))}
    </Button>
  );
}
