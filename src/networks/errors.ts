/** What can go wrong between a model release on a server and a network that runs. */

import { CounterpartError } from '../errors';

const short = (sha256: string): string => sha256.slice(0, 8);

export class WeightsMissingError extends CounterpartError {
  readonly code = 'weights-missing';
  constructor(file: string) {
    super(
      `The model file ${file} is not on the server.`,
      'Build the models (npm run build) or ask whoever hosts this page to add the models folder.',
    );
  }
}

export class WeightsCorruptError extends CounterpartError {
  readonly code = 'weights-corrupt';
  constructor(file: string, expected: string, actual: string) {
    super(
      `The model file ${file} is damaged: its hash is ${short(actual)}, the release says ${short(expected)}.`,
      'Reload the page; if it stays, clear this site’s stored data, or build the models again.',
    );
  }
}

export class OfflineError extends CounterpartError {
  readonly code = 'offline';
  constructor(file: string, options?: ErrorOptions) {
    super(
      `The model file ${file} could not be fetched: the server does not answer.`,
      'Check the connection and that the server is running, then try again. Models fetched before work without a connection.',
      options,
    );
  }
}

export class DownloadFailedError extends CounterpartError {
  readonly code = 'download-failed';
  constructor(file: string, status: number) {
    super(
      `The model file ${file} could not be fetched: the server answered ${status}.`,
      'Try again in a moment; if it stays, tell whoever hosts this page.',
    );
  }
}

export class ManifestInvalidError extends CounterpartError {
  readonly code = 'manifest-invalid';
  constructor(reason: string, options?: ErrorOptions) {
    super(
      `The model release (models/manifest.json) cannot be used: ${reason}.`,
      'Reload the page; if it stays, build the models again with this version of the program.',
      options,
    );
  }
}

/** Not fatal: the models work, but will be downloaded again next time. */
export class StorageQuotaError extends CounterpartError {
  readonly code = 'storage-quota';
  constructor(file: string, options?: ErrorOptions) {
    super(
      `The model file ${file} could not be kept in the browser: its storage is full.`,
      'Free disk space or clear other sites’ data; until then the models are downloaded at every visit.',
      options,
    );
  }
}

export class InsecureContextError extends CounterpartError {
  readonly code = 'insecure-context';
  constructor() {
    super(
      'This page cannot verify its models: the browser offers cryptography only on secure pages.',
      'Open the page by https or at localhost.',
    );
  }
}

export class NetworkMismatchError extends CounterpartError {
  readonly code = 'network-mismatch';
  constructor(network: string, output: string, expected: number, actual: number | undefined) {
    super(
      `The network ${network} gave ${actual === undefined ? 'no output' : `${actual} values`} for “${output}”; ${expected} were expected.`,
      'The models belong to another version of this program. Reload the page to fetch both again.',
    );
  }
}
