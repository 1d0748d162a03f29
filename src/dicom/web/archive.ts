/**
 * An archive that speaks DICOMweb (PS3.18 2024b): searches by QIDO-RS, reads by WADO-RS, stores by STOW-RS. Through the studio's own
 * server, which keeps the credentials, or directly on the command line.
 */

import type { DicomReference } from '../../imaging/radiograph';
import { findLayout } from '../layout';
import { EXPLICIT_LITTLE, transferSyntax } from '../transfer-syntax';
import { ask, jsonIn, type ArchiveAnswer, type ArchiveServer } from './ask';
import {
  ArchiveAnswerError,
  ArchiveMissingError,
  ArchiveNotStoredError,
  ArchiveRefusedError,
  ArchiveTooManyError,
  OtherPatientError,
} from './errors';
import { dataSetsSchema, itemsOf, numberOf, textOf, textsOf, type JsonDataSet } from './json';
import { firstPart, multipartOf } from './multipart';
import { studyParameters, type ArchiveInstance, type ArchiveSeries, type ArchiveStudy, type StudyQuery } from './query';
import { dayOf, minuteOf, sourceStudy, type SourceStudy } from './source-study';

const JSON_TYPE = 'application/dicom+json';
const UID = /^(?=[\d.]{1,64}$)\d+(?:\.\d+)*$/;
/** A list of more is of no use to anybody, and fills the memory. */
const LARGEST_LIST = 32 * 2 ** 20;

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
    return `${this.server.base}${pathOf(instance)}/rendered?viewport=${String(size)},${String(size)}`;
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
   * Whose film it is, as the archive has it now.
   * @throws ArchiveMissingError, OtherPatientError where the archive's film is not the one that was opened
   */
  async sourceStudy(
    { studyInstanceUid, seriesInstanceUid, sopInstanceUid }: DicomReference,
    size: { readonly width: number; readonly height: number },
    signal?: AbortSignal,
  ): Promise<SourceStudy> {
    const path = `${pathOf({ studyInstanceUid, seriesInstanceUid, sopInstanceUid })}/metadata`;
    const { dataSets } = await this.search(path, signal, true);
    const [dataSet] = dataSets;
    if (dataSet === undefined) throw new ArchiveMissingError(this.name);
    const sides = (a = 0, b = 0): string => [a, b].sort((x, y) => x - y).join();
    // A film that was stored turned is upright here.
    const same =
      textOf(dataSet, '0020000D') === studyInstanceUid &&
      textOf(dataSet, '00080018') === sopInstanceUid &&
      sides(numberOf(dataSet, '00280010'), numberOf(dataSet, '00280011')) === sides(size.width, size.height);
    if (!same) throw new OtherPatientError(this.name);
    return sourceStudy(dataSet, studyInstanceUid);
  }

  /**
   * Stores one file into a study.
   * @returns the archive's warning (WarningReason 0008,1196), where it kept the file with one
   * @throws ArchiveNotStoredError, also where the archive does not confirm that it kept the file
   */
  async store(
    studyInstanceUid: string,
    { sopInstanceUid, bytes }: { readonly sopInstanceUid: string; readonly bytes: Uint8Array },
    signal?: AbortSignal,
  ): Promise<number | undefined> {
    const { contentType, body } = multipartOf(bytes);
    const answer = await ask(this.server, {
      path: `/studies/${studyInstanceUid}`,
      accept: JSON_TYPE,
      body: { contentType, bytes: body },
      signal,
      also: [409],
    });
    const [told] = dataSetsSchema.safeParse([jsonIn(answer)].flat()).data ?? [];
    if (told === undefined) throw new ArchiveAnswerError(this.name, 'it is not DICOM JSON');
    const isOurs = (item: JsonDataSet): boolean => textOf(item, '00081155') === sopInstanceUid;
    const failed = itemsOf(told, '00081198').find(isOurs) ?? itemsOf(told, '00081198')[0];
    const stored = itemsOf(told, '00081199').find(isOurs);
    if (stored === undefined || answer.status === 409)
      throw new ArchiveNotStoredError(this.name, failed && (numberOf(failed, '00081197') ?? 0));
    return numberOf(stored, '00081196');
  }

  /** @param single what is asked for is one thing, which may be missing */
  private async search(
    path: string,
    signal: AbortSignal | undefined,
    single = false,
  ): Promise<{ readonly dataSets: readonly JsonDataSet[]; readonly warned: boolean }> {
    const answer = await ask(this.server, { path, accept: JSON_TYPE, signal, also: [404, 410, 413] });
    if (answer.status === 413 || answer.bytes.length > LARGEST_LIST) throw new ArchiveTooManyError(this.name);
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
    const question = { path: pathOf(instance), signal, also: [404, 406, 410] };
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
}

function pathOf({ studyInstanceUid, seriesInstanceUid, sopInstanceUid }: InstanceUids): string {
  return `/studies/${studyInstanceUid}/series/${seriesInstanceUid}/instances/${sopInstanceUid}`;
}

/** What is put into addresses is a UID, whatever the archive says. */
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
