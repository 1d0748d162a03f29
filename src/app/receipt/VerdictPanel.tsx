/** The whole receipt of the result on the screen, and what came and went where. */

import { useDeferredValue } from 'react';
import * as say from '../../messages/en/panel';
import { currentVersion } from '../../state/slices/documents';
import { ZoneChanges } from '../reading/ZoneChanges';
import { useStudioState } from '../StudioContext';
import { ReceiptPanel } from './ReceiptPanel';
import styles from './ReceiptPanel.module.css';

export function VerdictPanel() {
  // A result may change all of it: it follows in tasks of its own, behind the picture.
  const version = useDeferredValue(useStudioState(currentVersion));
  if (version === undefined) return <p className={styles.none}>{say.noVerdict()}</p>;
  return (
    <div className={styles.panel}>
      <ReceiptPanel key={version.id} version={version} />
      <ZoneChanges version={version} />
    </div>
  );
}
