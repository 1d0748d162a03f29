/** Swap matrix: several patients with the opacities of several donors, and what the reader says of each. */

import { Download, Play, Plus, Square } from 'lucide-react';
import { useState } from 'react';
import * as errors from '../../messages/en/errors';
import * as say from '../../messages/en/swap';
import { readDonor, type DonorSource } from '../../state/commands/swap';
import {
  cellOf,
  recipientReading,
  runMatrix,
  stopMatrix,
  whyNotRunMatrix,
  whyNotSaveMatrix,
} from '../../state/commands/swapMatrix';
import { toProblem, type Problem } from '../../record/problem';
import type { MatrixDonor } from '../../state/slices/matrix';
import type { StudioDocument } from '../../record/studioDocument';
import { MATRIX_SIZE } from '../../state/swapMatrix';
import { Sheet } from '../dialogs/Sheet';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import { CrossButton } from '../ui/CrossButton';
import { ProblemText } from '../ui/Problem';
import { ThumbnailImage } from '../ui/ThumbnailImage';
import { DonorList, donorKey } from './DonorList';
import { MatrixCell } from './MatrixCell';
import styles from './MatrixDialog.module.css';
import { saveMatrix } from './saveMatrix';

/** Adds donors as they are read. */
function useDonors() {
  const studio = useStudio();
  const add = useStudioState((state) => state.addMatrixDonor);
  const [reading, setReading] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const choose = async (source: DonorSource) => {
    const key = donorKey(source);
    setReading(key);
    setProblem(undefined);
    try {
      add({ ...(await readDonor(studio, source)), key });
    } catch (error) {
      setProblem(toProblem(error, errors.readingDonor()));
    }
    setReading(undefined);
  };
  return { reading, problem, choose };
}

function Patients() {
  const documents = useStudioState((state) => state.documents);
  const chosen = useStudioState((state) => state.matrixRecipients);
  const toggle = useStudioState((state) => state.toggleMatrixRecipient);
  return (
    <fieldset className={styles.patients}>
      <legend className={styles.heading}>{say.patients({ most: MATRIX_SIZE })}</legend>
      {documents.map((document) => {
        const on = chosen.includes(document.id);
        const ready = recipientReading(document) !== undefined;
        return (
          <label key={document.id} className={styles.patient}>
            <input
              type="checkbox"
              checked={on}
              disabled={!ready || (!on && chosen.length >= MATRIX_SIZE)}
              onChange={() => {
                toggle(document.id);
              }}
            />
            <ThumbnailImage thumbnail={document.thumbnail} className={styles.small} />
            <span>
              {document.radiograph.name}
              {ready ? null : <span className={styles.detail}> {say.isBeingRead()}</span>}
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}

function DonorHead({ donor }: { readonly donor: MatrixDonor }) {
  const remove = useStudioState((state) => state.removeMatrixDonor);
  return (
    <th scope="col" className={styles.donor}>
      <ThumbnailImage thumbnail={donor.thumbnail} className={styles.small} />
      <span className={styles.name}>{donor.title}</span>
      <CrossButton
        label={say.leaveOut({ name: donor.title })}
        className={styles.remove}
        onClick={() => {
          remove(donor.key);
        }}
      />
    </th>
  );
}

function Grid({
  recipients,
  donors,
}: {
  readonly recipients: readonly StudioDocument[];
  readonly donors: readonly MatrixDonor[];
}) {
  const jobs = useStudioState((state) => state.jobs);
  return (
    <div className={styles.scroll}>
      <table className={styles.grid}>
        <caption className={styles.caption}>{say.matrixCaption()}</caption>
        <thead>
          <tr>
            <td />
            {donors.map((donor) => (
              <DonorHead key={donor.key} donor={donor} />
            ))}
          </tr>
        </thead>
        <tbody>
          {recipients.map((document) => (
            <tr key={document.id}>
              <th scope="row" className={styles.recipient}>
                <ThumbnailImage thumbnail={document.thumbnail} className={styles.small} />
                <span className={styles.name}>{document.radiograph.name}</span>
              </th>
              {donors.map((donor) => (
                <td key={donor.key}>
                  <MatrixCell document={document} donor={donor} cell={cellOf({ jobs }, document, donor)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SaveButton() {
  const studio = useStudio();
  const why = useStudioState(whyNotSaveMatrix);
  return (
    <Button
      icon={Download}
      disabled={why !== undefined}
      aria-describedby="matrix-why"
      title={say.saveMatrixHint()}
      onClick={() => void saveMatrix(studio)}
    >
      {say.saveMatrix()}
    </Button>
  );
}

export default function MatrixDialog() {
  const studio = useStudio();
  const why = useStudioState(whyNotRunMatrix);
  const missing = useStudioState(whyNotSaveMatrix);
  const documents = useStudioState((state) => state.documents);
  const chosen = useStudioState((state) => state.matrixRecipients);
  const donors = useStudioState((state) => state.matrixDonors);
  const { reading, problem, choose } = useDonors();
  const recipients = documents.filter(({ id }) => chosen.includes(id));
  const running = recipients.some((document) =>
    donors.some((donor) => ['waiting', 'running'].includes(cellOf(studio.store.getState(), document, donor).status)),
  );
  return (
    <Sheet
      name="matrix"
      title={say.matrix()}
      about={say.matrixAbout()}
      foot={
        <>
          <p id="matrix-why" className={styles.why} aria-live="polite">
            {why ?? missing}
          </p>
          <SaveButton />
          {running ? (
            <Button
              icon={Square}
              onClick={() => {
                stopMatrix(studio);
              }}
            >
              {say.stop()}
            </Button>
          ) : null}
          <Button tone="primary" icon={Play} disabled={why !== undefined} onClick={() => void runMatrix(studio)}>
            {say.makeCells()}
          </Button>
        </>
      }
    >
      <div className={styles.columns}>
        <div className={styles.choose}>
          <Patients />
          <section aria-label={say.donors()}>
            <h3 className={styles.heading}>
              <Plus aria-hidden size={13} /> {say.donorsUpTo({ most: MATRIX_SIZE })}
            </h3>
            {donors.length >= MATRIX_SIZE ? (
              <p className={styles.detail}>{say.leaveOneOut()}</p>
            ) : (
              <DonorList all chosen={reading} onChoose={(source) => void choose(source)} />
            )}
            {reading === undefined ? null : <p className={styles.detail}>{say.donorBeingRead()}</p>}
            {problem === undefined ? null : <ProblemText problem={problem} />}
          </section>
        </div>
        {recipients.length === 0 || donors.length === 0 ? (
          <p className={styles.blank}>{say.chooseBoth()}</p>
        ) : (
          <Grid recipients={recipients} donors={donors} />
        )}
      </div>
    </Sheet>
  );
}
