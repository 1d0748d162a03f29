/** An action with a short label: its full name is what screen readers say. */

import { isEnabled, type Action } from '../actions/action';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';

export function MaskButton({ action, label }: { readonly action: Action; readonly label: () => string }) {
  const studio = useStudio();
  const enabled = useStudioState((state) => isEnabled(action, state));
  return (
    <Button
      size="small"
      {...(action.icon && { icon: action.icon })}
      aria-label={action.label()}
      disabled={!enabled}
      onClick={() => void action.perform(studio)}
    >
      {label()}
    </Button>
  );
}
