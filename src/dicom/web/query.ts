/** What studies are looked for, and how QIDO-RS is asked for them (PS3.18 10.6). */

export interface StudyQuery {
  /** As they are; a name also by its beginning, and as "Last, First". Blank: any. */
  readonly patientId?: string | undefined;
  readonly patientName?: string | undefined;
  readonly accession?: string | undefined;
  /** Days as YYYY-MM-DD, both included; either may be absent. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Studies that hold one of them; none: any. */
  readonly modalities: readonly string[];
}

/** A study, as far as the archive tells. */
export interface ArchiveStudy {
  readonly studyInstanceUid: string;
  readonly patientName: string | undefined;
  readonly patientId: string | undefined;
  readonly accession: string | undefined;
  /** YYYY-MM-DD. */
  readonly date: string | undefined;
  /** HH:MM. */
  readonly time: string | undefined;
  readonly description: string | undefined;
  readonly modalities: readonly string[];
  readonly instances: number | undefined;
}

export interface ArchiveSeries {
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly modality: string | undefined;
  readonly description: string | undefined;
  readonly number: number | undefined;
  readonly instances: number | undefined;
}

export interface ArchiveInstance {
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly sopInstanceUid: string;
  readonly number: number | undefined;
  readonly rows: number | undefined;
  readonly columns: number | undefined;
}

/** Asked for beside what every archive gives. */
const STUDY_FIELDS = ['00081030', '00201208', '00080061'];

/** @param modality undefined: any */
export function studyParameters(
  { patientId, patientName, accession, from, to }: StudyQuery,
  modality: string | undefined,
  limit: number,
  offset: number,
): URLSearchParams {
  const asked = new URLSearchParams();
  const set = (name: string, value: string | undefined): void => {
    if (value !== undefined && value.trim() !== '') asked.set(name, value.trim());
  };
  set('PatientID', patientId);
  set('PatientName', named(patientName));
  set('AccessionNumber', accession);
  const range = [from, to].map((day) => day?.replaceAll('-', '') ?? '');
  if (range.some((day) => day !== '')) set('StudyDate', range[0] === range[1] ? range[0] : range.join('-'));
  set('ModalitiesInStudy', modality);
  for (const field of STUDY_FIELDS) asked.append('includefield', field);
  asked.set('limit', String(limit));
  asked.set('offset', String(offset));
  return asked;
}

/**
 * "doe" finds DOE^JANE, and "Doe, Jane" too. What is neither letter nor digit of ASCII may be anything: archives keep it in ways of their
 * own (Orthanc's index leaves it out) and so find "Müller^Jörg" by "M*ller*J*rg" alone. That finds more rather than less. Where no letter
 * would be left, which finds everybody, the name goes as it was typed.
 */
function named(name: string | undefined): string | undefined {
  const typed = name?.trim() ?? '';
  if (typed === '') return undefined;
  const text = /[a-z0-9]/i.test(typed) ? typed.replaceAll(/[^a-z0-9?]+/gi, '*') : typed;
  return `${text}*`.replaceAll('**', '*');
}
