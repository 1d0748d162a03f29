/** Shown while files hover over the window. */

import { Download } from 'lucide-react';
import * as say from '../../messages/en/opening';
import styles from './DropVeil.module.css';

export function DropVeil() {
  return (
    <div className={styles.veil} aria-hidden>
      <div className={styles.frame}>
        <Download size={28} strokeWidth={1.5} />
        <p>{say.drop()}</p>
      </div>
    </div>
  );
}
