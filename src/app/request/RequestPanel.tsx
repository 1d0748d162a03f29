/** "What is different?": the request in a diagram, in words and in controls, all in step. */

import * as say from '../../messages/en/request';
import { currentDocument } from '../../state/slices/documents';
import { useStudioState } from '../StudioContext';
import { Section } from '../ui/Section';
import { AskedFindings } from './AskedFindings';
import { ChestDiagram } from './ChestDiagram';
import { FindingChips } from './FindingChips';
import styles from './RequestPanel.module.css';
import { SamplingControls } from './SamplingControls';
import { SeverityControl } from './SeverityControl';
import { SketchControls } from './sketch/SketchControls';
import { SwapButtons } from './SwapButtons';
import { TextLine } from './TextLine';
import { WhereSummary } from './WhereSummary';

export function RequestPanel() {
  const open = useStudioState((state) => currentDocument(state) !== undefined);
  return (
    <Section title={say.panel()} className={styles.panel} aside={<SwapButtons />}>
      <fieldset className={styles.controls} disabled={!open}>
        <legend className={styles.legend}>{say.legend()}</legend>
        <TextLine />
        <AskedFindings />
        <div className={styles.where}>
          <ChestDiagram />
          <WhereSummary />
        </div>
        <FindingChips />
        <SeverityControl />
        <SketchControls />
        <SamplingControls />
      </fieldset>
    </Section>
  );
}
