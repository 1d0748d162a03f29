/** What of a donor does not fit, or does not travel as it is. */

import { Info } from 'lucide-react';
import { knowledgeOf } from '../../findings/knowledge';
import * as say from '../../messages/en/swap';
import type { StudioDocument } from '../../record/studioDocument';
import styles from './SwapDialog.module.css';
import type { DonorState } from './useDonor';

interface DonorNotesProps {
  readonly donor: Extract<DonorState, { status: 'ready' }>;
  readonly patient: StudioDocument;
}

function notesOf({ donor, patient }: DonorNotesProps): readonly string[] {
  const { pathology, findings, paediatric, doubt, mirrored } = donor.donor;
  const opaque = findings.some(({ finding }) => knowledgeOf(finding).opacityLike);
  const whole = donor.measuring || donor.problem !== undefined || pathology !== undefined || !opaque;
  const ages =
    paediatric === undefined || patient.radiograph.paediatric === undefined
      ? false
      : paediatric !== patient.radiograph.paediatric;
  return [
    ...(doubt === undefined ? [] : [say.donorDoubt({ doubt })]),
    ...(mirrored === true ? [say.donorMirrored()] : []),
    ...(whole ? [] : [say.onlyWords()]),
    ...(ages ? [paediatric === true ? say.childOntoAdult() : say.adultOntoChild()] : []),
  ];
}

export function DonorNotes(props: DonorNotesProps) {
  return notesOf(props).map((note) => (
    <p key={note} className={styles.note}>
      <Info aria-hidden size={14} />
      {note}
    </p>
  ));
}
