/** Masks from files and to files. */

import * as say from '../../messages/en/masks';
import { actionExportMaskPng, actionExportMasksSeg, actionImportMasks } from '../actions/masks';
import { MaskButton } from './MaskButton';
import styles from './MaskShape.module.css';

const FILES = [
  { action: actionImportMasks, label: say.importFiles },
  { action: actionExportMaskPng, label: say.exportPng },
  { action: actionExportMasksSeg, label: say.exportSeg },
];

export function MaskFiles() {
  return (
    <div className={styles.buttons}>
      {FILES.map((each) => (
        <MaskButton key={each.action.name} {...each} />
      ))}
    </div>
  );
}
