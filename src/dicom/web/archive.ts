/**
 * An archive that speaks DICOMweb (PS3.18 2024b): searches by QIDO-RS, reads by WADO-RS, stores by STOW-RS. Through the studio's own
 * server, which keeps the credentials, or directly on the command line.
 */

import { UID } from '../../schemas/uid';
import { findLayout } from '../layout';
import { EXPLICIT_LITTLE, transferSyntax } from '../transfer-syntax';
import { ask, jsonIn, LARGEST_LIST, type ArchiveAnswer, type ArchiveServer } from './ask';
import {
  ArchiveAnswerError,
  ArchiveMissingError,
  ArchiveNotStoredError,
  ArchiveRefusedError,
  ArchiveTimeoutError,
  ArchiveTooManyError,
  ArchiveUncertainError,
  ArchiveUnreachableError,
  OtherPatientError,
} from './errors';
import { dataSetsSchema, itemsOf, numberOf, textOf, textsOf, type JsonDataSet } from './json';
import { firstPart, multipartOf } from './multipart';
import { studyParameters, type ArchiveInstance, type ArchiveSeries, type ArchiveStudy, type StudyQuery } from './query';
import { dayOf, minuteOf, sourceStudy, type SourceStudy } from './source-study';

const JSON_TYPE = 'application/dicom+json';
/** A larger answer than any film is no answer. */
const LARGEST_FILE = 1024 * 2 ** 20;
/** FailureReason of an instance that is there already (PS3.7 annex C). */
const DUPLICATE = 0x0111;

export interface StudyPage {
  readonly studies: readonly ArchiveStudy[];
  /** How many the archive gave, those that have no number included. */
  readonly given: number;
  /** The archive may have more after these. */
  readonly full: boolean;
}

type InstanceUids = Pick<ArchiveInstance, 'studyInstanceUid' | 'seriesInstanceUid' | 'sopInstanceUid'>;

export class Archive {
  constructor(private readonly server: ArchiveServer) {}

  /** What people call it. */
  get name(): string {
    return this.server.name;
  }

  /**
   * One page of studies, in the archive's own order.
   * @param modality undefined: any
   * @throws the errors of ./errors
   */
  async studies(
    query: StudyQuery,
    modality: string | undefined,
    page: { readonly limit: number; readonly offset: number },
    signal?: AbortSignal,
  ): Promise<StudyPage> {
    const asked = studyParameters(query, modality, page.limit, page.offset);
    const { dataSets, warned } = await this.search(`/studies?${asked.toString().replaceAll('+', '%20')}`, signal);
    const studies = dataSets.flatMap((dataSet) => studyOf(dataSet) ?? []);
    if (studies.length === 0 && dataSets.length > 0)
      throw new ArchiveAnswerError(this.name, 'its studies have no number (Study Instance UID)');
    return { studies, given: dataSets.length, full: warned || dataSets.length === page.limit };
  }

  async series(
    { studyInstanceUid }: Pick<ArchiveStudy, 'studyInstanceUid'>,
    signal?: AbortSignal,
  ): Promise<readonly ArchiveSeries[]> {
    const path = `/studies/${studyInstanceUid}/series?includefield=0008103E&includefield=00201209`;
    const { dataSets } = await this.search(path, signal);
    return dataSets
      .flatMap((dataSet) => seriesOf(dataSet, studyInstanceUid) ?? [])
      .sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
  }

  async instances(
    { studyInstanceUid, seriesInstanceUid }: Pick<ArchiveSeries, 'studyInstanceUid' | 'seriesInstanceUid'>,
    signal?: AbortSignal,
  ): Promise<readonly ArchiveInstance[]> {
    const path = `/studies/${studyInstanceUid}/series/${seriesInstanceUid}/instances?includefield=00280010&includefield=00280011`;
    const { dataSets } = await this.search(path, signal);
    return dataSets
      .flatMap((dataSet) => instanceOf(dataSet, studyInstanceUid, seriesInstanceUid) ?? [])
      .sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
  }

  /** The address of a small picture of an instance, at most `size` pixels wide and high. */
  thumbnail(instance: InstanceUids, size: number): string {
    return `${this.server.base}${this.pathOf(instance)}/rendered?viewport=${String(size)},${String(size)}`;
  }

  /**
   * The file of an instance: as the archive keeps it, or uncompressed where it is kept in a form that cannot be read here and the
   * archive can.
   */
  async retrieve(instance: InstanceUids, signal?: AbortSignal): Promise<Uint8Array> {
    const kept = await this.fileIn('*', instance, signal);
    const syntax = findLayout(kept)?.transferSyntax ?? EXPLICIT_LITTLE;
    if (transferSyntax(syntax)?.encoding !== undefined) return kept;
    return this.fileIn(EXPLICIT_LITTLE, instance, signal).catch((error: unknown) => {
      signal?.throwIfAborted();
      // What opens files names the transfer syntax, and what to do.
      if (error instanceof ArchiveRefusedError || error instanceof ArchiveAnswerError) return kept;
      throw error;
    });
  }

  /**
   * Whose film it is, as the archive has it now. Whether it is the film that was opened is for the caller to see: by its pixels.
   * @throws ArchiveMissingError, OtherPatientError where the archive's instance is of other numbers
   */
  async sourceStudy(
    { studyInstanceUid, seriesInstanceUid, sopInstanceUid }: InstanceUids,
    signal?: AbortSignal,
  ): Promise<SourceStudy> {
    const path = `${this.pathOf({ studyInstanceUid, seriesInstanceUid, sopInstanceUid })}/metadata`;
    const { dataSets } = await this.search(path, signal, true);
    const [dataSet] = dataSets;
    if (dataSet === undefined) throw new ArchiveMissingError(this.name);
    const same =
      textOf(dataSet, '0020000D') === studyInstanceUid &&
      textOf(dataSet, '0020000E') === seriesInstanceUid &&
      textOf(dataSet, '00080018') === sopInstanceUid;
    if (!same) throw new OtherPatientError(this.name);
    return sourceStudy(dataSet, studyInstanceUid, this.name);
  }

  /**
   * Stores one file into a study. A file that is there already under its number counts as kept.
   * @returns the archive's warning (WarningReason 0008,1196), where it kept the file with one
   * @throws ArchiveNotStoredError; ArchiveUncertainError where nothing says whether the file was kept
   */
  async store(
    studyInstanceUid: string,
    { sopInstanceUid, bytes }: { readonly sopInstanceUid: string; readonly bytes: Uint8Array },
    signal?: AbortSignal,
  ): Promise<number | undefined> {
    const { contentType, body } = multipartOf(bytes);
    if (!UID.test(studyInstanceUid)) throw new ArchiveMissingError(this.name);
    const answer = await ask(this.server, {
      path: `/studies/${studyInstanceUid}`,
      accept: JSON_TYPE,
      body: { contentType, bytes: body },
      signal,
      also: [409],
    }).catch((error: unknown) => {
      throw mayHaveStored(error) ? new ArchiveUncertainError(this.name, inWords(error), { cause: error }) : error;
    });
    const [told] = dataSetsSchema.safeParse([jsonIn(answer)].flat()).data ?? [];
    if (told === undefined) throw new ArchiveUncertainError(this.name, 'its answer is not DICOM JSON');
    const isOurs = (item: JsonDataSet): boolean => textOf(item, '00081155') === sopInstanceUid;
    const failed = itemsOf(told, '00081198').find(isOurs) ?? itemsOf(told, '00081198')[0];
    const stored = itemsOf(told, '00081199').find(isOurs);
    if (stored !== undefined && answer.status !== 409) return numberOf(stored, '00081196');
    if (failed === undefined) throw new ArchiveUncertainError(this.name, 'it does not say that it kept it');
    const reason = numberOf(failed, '00081197') ?? 0;
    // The number stands for what is in the file: what is there is this result.
    if (reason === DUPLICATE && isOurs(failed)) return undefined;
    throw new ArchiveNotStoredError(this.name, reason);
  }

  /** @param single what is asked for is one thing, which may be missing */
  private async search(
    path: string,
    signal: AbortSignal | undefined,
    single = false,
  ): Promise<{ readonly dataSets: readonly JsonDataSet[]; readonly warned: boolean }> {
    const answer = await ask(this.server, {
      path,
      accept: JSON_TYPE,
      signal,
      largest: { bytes: LARGEST_LIST, error: () => new ArchiveTooManyError(this.name) },
      also: [404, 410, 413],
    });
    if (answer.status === 413) throw new ArchiveTooManyError(this.name);
    if (answer.status === 404 || answer.status === 410) {
      if (single) throw new ArchiveMissingError(this.name);
      throw new ArchiveAnswerError(this.name, `status ${String(answer.status)}, there is no such service`);
    }
    if (answer.status === 204 || answer.bytes.length === 0) return { dataSets: [], warned: false };
    const parsed = dataSetsSchema.safeParse(jsonIn(answer));
    if (!parsed.success) throw new ArchiveAnswerError(this.name, 'it is not DICOM JSON', { cause: parsed.error });
    return { dataSets: parsed.data, warned: /^\s*299\b/.test(answer.warning) };
  }

  private async fileIn(syntax: string, instance: InstanceUids, signal: AbortSignal | undefined): Promise<Uint8Array> {
    const question = {
      path: this.pathOf(instance),
      signal,
      largest: { bytes: LARGEST_FILE, error: () => new ArchiveAnswerError(this.name, 'it is larger than any film') },
      also: [404, 406, 410],
    };
    const related = 'multipart/related; type="application/dicom"';
    let answer: ArchiveAnswer = await ask(this.server, {
      ...question,
      accept: `${related}; transfer-syntax=${syntax}`,
    });
    // Not every archive knows "as it is kept".
    if (answer.status === 406 && syntax === '*') answer = await ask(this.server, { ...question, accept: related });
    if (answer.status === 406)
      throw new ArchiveRefusedError(this.name, answer.status, 'it does not give this transfer syntax');
    if (answer.status === 404 || answer.status === 410) throw new ArchiveMissingError(this.name);
    if (/^application\/dicom\b(?!\+)/i.test(answer.contentType)) return answer.bytes;
    const part = firstPart(answer.bytes, answer.contentType);
    if (part === undefined) throw new ArchiveAnswerError(this.name, 'it holds no DICOM file, or not all of it');
    return part;
  }

  /** What is put into addresses is a UID, wherever it comes from: no other film has the number. */
  private pathOf({ studyInstanceUid, seriesInstanceUid, sopInstanceUid }: InstanceUids): string {
    if (![studyInstanceUid, seriesInstanceUid, sopInstanceUid].every((each) => UID.test(each)))
      throw new ArchiveMissingError(this.name);
    return `/studies/${studyInstanceUid}/series/${seriesInstanceUid}/instances/${sopInstanceUid}`;
  }
}

/** Statuses of a server that says no before it does anything. */
const REFUSED_BEFORE = [501, 503, 507];

/** The file may have got there before this happened. */
function mayHaveStored(error: unknown): boolean {
  if (error instanceof ArchiveRefusedError) return error.status >= 500 && !REFUSED_BEFORE.includes(error.status);
  return [ArchiveTimeoutError, ArchiveUnreachableError, ArchiveAnswerError].some((kind) => error instanceof kind);
}

function inWords(error: unknown): string {
  if (error instanceof ArchiveTimeoutError) return 'it did not answer in time';
  if (error instanceof ArchiveUnreachableError) return 'the connection could not be made, or broke off';
  if (error instanceof ArchiveRefusedError) return `it failed with status ${String(error.status)}`;
  return 'its answer cannot be read';
}

function uidOf(dataSet: JsonDataSet, tag: string): string | undefined {
  const uid = textOf(dataSet, tag);
  return uid !== undefined && UID.test(uid) ? uid : undefined;
}

function studyOf(dataSet: JsonDataSet): ArchiveStudy | undefined {
  const studyInstanceUid = uidOf(dataSet, '0020000D');
  if (studyInstanceUid === undefined) return undefined;
  const modalities = textsOf(dataSet, '00080061');
  return {
    studyInstanceUid,
    patientName: textOf(dataSet, '00100010'),
    patientId: textOf(dataSet, '00100020'),
    accession: textOf(dataSet, '00080050'),
    date: dayOf(textOf(dataSet, '00080020')),
    time: minuteOf(textOf(dataSet, '00080030')),
    description: textOf(dataSet, '00081030'),
    modalities: modalities.flatMap((modality) => modality.split('\\')),
    instances: numberOf(dataSet, '00201208'),
  };
}

function seriesOf(dataSet: JsonDataSet, studyInstanceUid: string): ArchiveSeries | undefined {
  const seriesInstanceUid = uidOf(dataSet, '0020000E');
  return seriesInstanceUid === undefined
    ? undefined
    : {
        studyInstanceUid,
        seriesInstanceUid,
        modality: textOf(dataSet, '00080060'),
        description: textOf(dataSet, '0008103E'),
        number: numberOf(dataSet, '00200011'),
        instances: numberOf(dataSet, '00201209'),
      };
}

function instanceOf(
  dataSet: JsonDataSet,
  studyInstanceUid: string,
  seriesInstanceUid: string,
): ArchiveInstance | undefined {
  const sopInstanceUid = uidOf(dataSet, '00080018');
  return sopInstanceUid === undefined
    ? undefined
    : {
        studyInstanceUid,
        seriesInstanceUid,
        sopInstanceUid,
        number: numberOf(dataSet, '00200013'),
        rows: numberOf(dataSet, '00280010'),
        columns: numberOf(dataSet, '00280011'),
      };
}
