/** Findings that come or go in the same edit as the one in the controls, as a swap asks for them; each can be left out. */

import * as say from '../../messages/en/request';
import { dropFurther } from '../../state/commands/request';
import { currentDocument } from '../../state/slices/documents';
import { inWords } from '../../state/swap';
import { useStudio, useStudioState } from '../StudioContext';
import { CrossButton } from '../ui/CrossButton';
import styles from './FurtherFindings.module.css';

export function FurtherFindings() {
  const studio = useStudio();
  const further = useStudioState((state) => currentDocument(state)?.request.further);
  const masked = useStudioState((state) => currentDocument(state)?.mask !== undefined);
  if (further === undefined) return null;
  return (
    <div className={styles.further}>
      <p className={styles.heading}>{masked ? say.furtherPutAside() : say.further()}</p>
      <ul className={styles.list}>
        {further.map((each) => {
          const words = inWords([each]);
          return (
            <li key={each.finding} className={styles.item} data-masked={masked}>
              <span>{words}</span>
              <CrossButton label={say.dropFurther({ finding: words })} onClick={() => { dropFurther(studio, each.finding); }} />
            </li>
          );
        })}
      </ul>
    </div>
  );
}
