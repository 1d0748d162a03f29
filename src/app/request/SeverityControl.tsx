/** How severe it shall be, from absent to severe, or gone. */

import { Eraser } from 'lucide-react';
import { MAX_SEVERITY } from '../../findings/vocabulary';
import { setSeverity } from '../../state/commands/request';
import { currentDocument } from '../../state/slices/documents';
import { actionErase } from '../actions/erase';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import { LabelledSlider } from '../ui/LabelledSlider';
import styles from './SeverityControl.module.css';
import { severityWord } from './severityScale';

const LABELS = ['Absent', 'Mild', 'Moderate', 'Severe'] as const;

export function SeverityControl() {
  const studio = useStudio();
  const severity = useStudioState((state) => currentDocument(state)?.request.severity ?? 2);
  const open = useStudioState((state) => currentDocument(state) !== undefined);
  return (
    <div className={styles.control}>
      <div className={styles.heading}>
        <span>Severity</span>
        <span className={styles.value}>{severity === 0 ? 'erased' : severity.toFixed(1)}</span>
      </div>
      <div className={styles.row}>
        <div className={styles.scale}>
          <LabelledSlider
            label="Severity"
            value={severity}
            min={0}
            max={MAX_SEVERITY}
            step={0.1}
            valueText={`${severity.toFixed(1)}, ${severityWord(severity)}`}
            disabled={!open}
            onChange={(next) => {
              setSeverity(studio, Math.round(next * 10) / 10);
            }}
          />
          <div className={styles.labels}>
            {LABELS.map((label, value) => (
              <button
                key={label}
                type="button"
                tabIndex={-1}
                data-on={Math.abs(severity - value) < 0.05}
                onClick={() => {
                  setSeverity(studio, value);
                }}
              >
                {label}
              </button>
            ))}
          </div>
        </div>
        <Button icon={Eraser} aria-pressed={severity === 0} onClick={() => void actionErase.perform(studio)}>
          Erase
        </Button>
      </div>
    </div>
  );
}
