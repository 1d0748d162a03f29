/** Whose anatomies and whose pathologies the swap matrix crosses; kept while its dialog is closed. */

import type { StateCreator } from 'zustand/vanilla';
import type { Donor } from '../swap';
import { MATRIX_SIZE } from '../swapMatrix';

/** A donor with what tells it apart. */
export interface MatrixDonor extends Donor {
  readonly key: string;
}

export interface MatrixSlice {
  /** Ids of open radiographs. */
  readonly matrixRecipients: readonly string[];
  readonly matrixDonors: readonly MatrixDonor[];
  toggleMatrixRecipient(id: string): void;
  addMatrixDonor(donor: MatrixDonor): void;
  removeMatrixDonor(key: string): void;
}

export const createMatrixSlice: StateCreator<MatrixSlice> = (set) => ({
  matrixRecipients: [],
  matrixDonors: [],
  toggleMatrixRecipient: (id) => {
    set(({ matrixRecipients: now }) => ({
      matrixRecipients: now.includes(id) ? now.filter((each) => each !== id) : [...now, id].slice(0, MATRIX_SIZE),
    }));
  },
  addMatrixDonor: (donor) => {
    set(({ matrixDonors: now }) => ({
      matrixDonors: [...now.filter(({ key }) => key !== donor.key), donor].slice(0, MATRIX_SIZE),
    }));
  },
  removeMatrixDonor: (key) => {
    set(({ matrixDonors: now }) => ({ matrixDonors: now.filter((donor) => donor.key !== key) }));
  },
});
