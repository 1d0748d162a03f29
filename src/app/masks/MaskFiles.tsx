/** Masks from files and to files. */

import { actionExportMaskPng, actionExportMasksSeg, actionImportMasks } from '../actions/maskFiles';
import { MaskButton } from './MaskButton';
import styles from './MaskShape.module.css';

const FILES = [
  { action: actionImportMasks, label: 'Import…' },
  { action: actionExportMaskPng, label: 'Export PNG' },
  { action: actionExportMasksSeg, label: 'Export SEG' },
];

export function MaskFiles() {
  return <div className={styles.buttons}>{FILES.map((each) => <MaskButton key={each.label} {...each} />)}</div>;
}
