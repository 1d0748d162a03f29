/** Whom to name for the film on the screen, where its licence asks for it. */

import * as say from '../../messages/en/stage';
import { currentDocument } from '../../state/slices/documents';
import { useStudioState } from '../StudioContext';
import styles from './Stage.module.css';

export function CreditLine() {
  const credit = useStudioState((state) => currentDocument(state)?.radiograph.credit);
  return credit === undefined ? null : <p className={styles.credit}>{say.credit({ credit })}</p>;
}
