/** What the readers see: the reader on the source; before and after by the second reader on a counterfactual. */

import { TriangleAlert } from 'lucide-react';
import { memo, useDeferredValue } from 'react';
import { partsOf } from '../../counterfactual/parts';
import { FINDINGS, type Finding } from '../../findings/vocabulary';
import * as say from '../../messages/en/reading';
import * as reasons from '../../messages/en/reasons';
import { currentDocument, currentVersion } from '../../state/slices/documents';
import { analysisOf, openDoubt, type StudioDocument, type Version } from '../../record/studioDocument';
import { useStudioState } from '../StudioContext';
import { Section } from '../ui/Section';
import { ProblemText } from '../ui/Problem';
import { FindingRow } from './FindingRow';
import styles from './ReadingPanel.module.css';

const GHOSTS = 6;
const NO_THRESHOLDS: Readonly<Partial<Record<Finding, number>>> = {};

type Probabilities = Readonly<Record<Finding, number>>;

/** What was asked for first, then by how present (or changed) each finding is. */
export function orderFindings(
  before: Probabilities,
  after: Probabilities | undefined,
  asked: readonly Finding[],
): readonly Finding[] {
  const weight = (finding: Finding) =>
    asked.includes(finding) && after !== undefined ? Infinity : Math.max(before[finding], after?.[finding] ?? 0);
  return [...FINDINGS].sort((a, b) => weight(b) - weight(a));
}

function Ghosts() {
  return (
    <div className={styles.ghosts} aria-hidden>
      {Array.from({ length: GHOSTS }, (_, index) => (
        <span key={index} style={{ width: `${String(88 - index * 9)}%` }} />
      ))}
    </div>
  );
}

interface Read {
  readonly document: StudioDocument | undefined;
  readonly version: Version | undefined;
}

const Reading = memo(function Reading({ document, version }: Read) {
  const release = useStudioState((state) => state.release);
  const doubted = openDoubt(document) !== undefined && version === undefined;
  const reading = version?.counterfactual.before ?? analysisOf(document)?.reading;
  const after = version?.counterfactual.after;
  const thresholds = (version === undefined ? release?.thresholds : release?.judgeThresholds) ?? NO_THRESHOLDS;
  const unreadable = version === undefined ? release?.unreadable : release?.rulers.unreadable;
  const asked = version === undefined ? [] : partsOf(version.counterfactual.recipe.edit).map(({ finding }) => finding);
  const findings = reading === undefined ? [] : orderFindings(reading.findings, after?.findings, asked);
  return (
    <Section
      title={version === undefined ? say.seen() : say.changed()}
      className={styles.panel}
      aside={
        reading === undefined ? undefined : (
          <span className={styles.who}>{version === undefined ? say.source() : say.secondReader()}</span>
        )
      }
    >
      {reading === undefined && document?.analysis.status === 'failed' ? (
        <ProblemText problem={document.analysis.problem} />
      ) : null}
      {reading === undefined && document !== undefined && document.analysis.status !== 'failed' ? <Ghosts /> : null}
      {document === undefined ? <p className={styles.none}>{say.whenOpen()}</p> : null}
      {version === undefined && analysisOf(document)?.mirrored === true ? (
        <p className={styles.warning} role="status">
          <TriangleAlert aria-hidden size={14} />
          {reasons.mirrored()}
        </p>
      ) : null}
      {doubted ? <p className={styles.none}>{say.notShown()}</p> : null}
      {reading === undefined || doubted ? null : (
        <>
          <ul className={styles.list}>
            {findings.map((finding) => (
              <FindingRow
                key={finding}
                finding={finding}
                before={reading.findings[finding]}
                after={after?.findings[finding]}
                threshold={thresholds[finding]}
                readable={unreadable?.has(finding) !== true}
                asked={asked.includes(finding)}
              />
            ))}
          </ul>
          <p className={styles.note}>{say.legend()}</p>
        </>
      )}
    </Section>
  );
});

/** A result may change all of it: it follows in tasks of its own, behind the picture. */
export function ReadingPanel() {
  const document = useDeferredValue(useStudioState(currentDocument));
  const version = useDeferredValue(useStudioState(currentVersion));
  return <Reading document={document} version={version} />;
}
