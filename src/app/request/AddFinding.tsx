/** One more finding for the same edit: the best supported that is not asked yet, to be changed by the chips. */

import { Plus } from 'lucide-react';
import * as say from '../../messages/en/request';
import { addFinding } from '../../state/commands/request';
import { allAsked } from '../../record/editRequest';
import { currentDocument } from '../../state/slices/documents';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import { editableFindings } from './findingSupport';

export function AddFinding() {
  const studio = useStudio();
  const request = useStudioState((state) => currentDocument(state)?.request);
  const counts = useStudioState((state) => state.release?.support);
  const asked = request === undefined ? [] : allAsked(request).map(({ finding }) => finding);
  const next = editableFindings(counts).find((finding) => !asked.includes(finding));
  return (
    <Button
      size="small"
      tone="quiet"
      icon={Plus}
      disabled={next === undefined}
      onClick={() => {
        if (next !== undefined) addFinding(studio, next);
      }}
    >
      {say.addAnother()}
    </Button>
  );
}
