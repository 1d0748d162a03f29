/** What can go wrong between here and an archive. `archive` is its name: a host, or the address as it was given. */

import { CounterpartError } from '../../errors';

export class ArchiveUnreachableError extends CounterpartError {
  readonly code = 'archive-unreachable';
  constructor(archive: string, options?: ErrorOptions) {
    super(
      `The archive ${archive} could not be reached.`,
      'Look whether it runs and whether the address given to --pacs is right, then try again.',
      options,
    );
  }
}

export class ArchiveTimeoutError extends CounterpartError {
  readonly code = 'archive-timeout';
  constructor(archive: string) {
    super(
      `The archive ${archive} did not answer in time.`,
      'Try again; a search answers sooner with a patient ID, an accession number or a few days.',
    );
  }
}

export class ArchiveDeniedError extends CounterpartError {
  readonly code = 'archive-denied';
  constructor(
    archive: string,
    readonly status: number,
  ) {
    super(
      status === 401
        ? `The archive ${archive} wants to know who asks (status 401).`
        : `The archive ${archive} does not allow this (status ${String(status)}).`,
      status === 401
        ? 'Start again with COUNTERPART_PACS_USER and COUNTERPART_PACS_PASSWORD, or COUNTERPART_PACS_TOKEN, in the environment.'
        : 'Ask whoever runs the archive to let this account search, read and store by DICOMweb.',
    );
  }
}

export class ArchiveRedirectedError extends CounterpartError {
  readonly code = 'archive-redirected';
  constructor(archive: string) {
    super(
      `The archive ${archive} sends questions on to another address.`,
      'Give --pacs the address that it names; credentials are not sent anywhere else.',
    );
  }
}

export class ArchiveOffError extends CounterpartError {
  readonly code = 'archive-off';
  constructor() {
    super(
      'The studio’s server no longer knows an archive.',
      'Start the studio with --pacs and the archive’s address, and load this page again.',
    );
  }
}

/** By the code of the studio's own proxy: what it found, and what to do. */
const NOT_PASSED_ON: Readonly<Record<string, readonly [found: string, advice: string]>> = {
  'pacs-foreign': [
    'it does not take this page for its own',
    'Open the studio at the address that it printed when it was started; started with --host, by its number or by the name given there.',
  ],
  'pacs-too-large': ['the file is larger than 512 MB', 'Save the result as DICOM, and store it by another way.'],
  'pacs-not-dicom': ['what was sent is no DICOM file', 'Load this page again; the studio may have been renewed since.'],
  'pacs-unknown': ['it does not know this question', 'Load this page again; the studio may have been renewed since.'],
};

export class ArchiveNotPassedOnError extends CounterpartError {
  readonly code = 'archive-not-passed-on';
  /** @returns undefined: no code of the proxy's */
  static of(proxyCode: string): ArchiveNotPassedOnError | undefined {
    const [found, advice] = NOT_PASSED_ON[proxyCode] ?? [];
    return found === undefined || advice === undefined ? undefined : new ArchiveNotPassedOnError(found, advice);
  }
  private constructor(found: string, advice: string) {
    super(`The studio’s own server did not pass this on to the archive: ${found}.`, advice);
  }
}

export class ArchiveTooManyError extends CounterpartError {
  readonly code = 'archive-too-many';
  constructor(archive: string) {
    super(
      `The archive ${archive} finds too many studies to list them.`,
      'Narrow the search: a patient ID, an accession number, or a few days.',
    );
  }
}

export class ArchiveMissingError extends CounterpartError {
  readonly code = 'archive-missing';
  constructor(archive: string) {
    super(
      `The archive ${archive} does not have this film.`,
      'It may have been deleted or moved since, or come from another archive. Search for it again.',
    );
  }
}

export class ArchiveAnswerError extends CounterpartError {
  readonly code = 'archive-answer-unreadable';
  constructor(archive: string, reason: string, options?: ErrorOptions) {
    super(
      `The archive ${archive} gave an answer that is not understood: ${reason}.`,
      'Check that --pacs names the base address of its DICOMweb services (of Orthanc http://host:8042/dicom-web).',
      options,
    );
  }
}

export class ArchiveRefusedError extends CounterpartError {
  readonly code = 'archive-refused';
  /** @param reason never the archive's own words: they may name a patient */
  constructor(
    archive: string,
    readonly status: number,
    reason?: string,
  ) {
    super(
      `The archive ${archive} refused (status ${String(status)}${reason === undefined ? '' : `: ${reason}`}).`,
      status === 429 || status === 503
        ? 'It is busy: try again in a minute.'
        : 'Look at the archive’s own messages, and whether it offers QIDO-RS, WADO-RS and STOW-RS.',
    );
  }
}

/** By FailureReason (0008,1197): PS3.18 10.5.3.3.1 and PS3.7 annex C. */
const REASONS: Readonly<Record<number, string>> = {
  0x0110: 'it could not process the file',
  0x0111: 'it has another instance of this number already',
  0x0122: 'it does not take files of this kind (SOP class)',
  0x0124: 'the account may not store',
  0xa700: 'it has no room left',
  0xa710: 'it has no room left',
  0xa900: 'the file does not match its kind or study',
  0xc000: 'it could not make sense of the file',
  0xc122: 'it does not take this transfer syntax',
};

function reasonOf(failure: number): string {
  const known =
    REASONS[failure] ?? (failure >> 8 === 0xa9 ? REASONS[0xa900] : failure >> 12 === 0xc ? REASONS[0xc000] : undefined);
  return known ?? `failure ${String(failure)}`;
}

export class ArchiveNotStoredError extends CounterpartError {
  readonly code = 'archive-not-stored';
  /** @param failure its FailureReason */
  constructor(archive: string, failure: number) {
    super(
      `The archive ${archive} did not keep the file: ${reasonOf(failure)}.`,
      'The result is still here: save it as DICOM, or send it again once the archive takes it.',
    );
  }
}

/** The file was on its way, and nothing says what became of it. */
export class ArchiveUncertainError extends CounterpartError {
  readonly code = 'archive-uncertain';
  /** @param found in words, without a full stop */
  constructor(archive: string, found: string, options?: ErrorOptions) {
    super(
      `It is not known whether the archive ${archive} kept the file: ${found}.`,
      'It may have been kept: search for the study there before sending again.',
      options,
    );
  }
}

export class OtherPatientError extends CounterpartError {
  readonly code = 'archive-other-study';
  constructor(archive: string) {
    super(
      `The film that the archive ${archive} has under this number is not the one that is open here.`,
      'Nothing was sent. Open the film from the archive itself, and make the result from that.',
    );
  }
}
