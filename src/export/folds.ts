/** Parts that are held back from training, so that nobody is learnt from and validated on. Pure. */

export interface OfPatient {
  readonly id: string;
  readonly patient: string;
}

export interface Fold {
  readonly train: readonly string[];
  readonly val: readonly string[];
}

/** At most `most` folds; each patient is validated on in one. None of a single patient: one side would be empty. */
export function foldsByPatient(items: readonly OfPatient[], most: number): readonly Fold[] {
  const patients = [...new Set(items.map(({ patient }) => patient))];
  if (patients.length < 2) return [];
  const count = Math.min(most, patients.length);
  const foldOf = new Map(patients.map((patient, index) => [patient, index % count]));
  return Array.from({ length: count }, (_, fold) => {
    const held = ({ patient }: OfPatient): boolean => foldOf.get(patient) === fold;
    return {
      train: items.filter((item) => !held(item)).map(({ id }) => id),
      val: items.filter(held).map(({ id }) => id),
    };
  });
}
