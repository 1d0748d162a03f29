/** What the command line cannot do, and what to do instead. */

import { CounterpartError } from '../errors';
import { RunEndingError } from '../run/errors';

export class FolderUnreadableError extends CounterpartError {
  readonly code = 'path-unreadable';
  constructor(path: string, options?: ErrorOptions) {
    super(`${path} cannot be read.`, 'Check that it exists and that you may read it.', options);
  }
}

export class NoFilmsError extends CounterpartError {
  readonly code = 'no-films';
  constructor(paths: readonly string[]) {
    super(
      `There is no film in ${paths.join(', ')}.`,
      'Name DICOM, PNG, JPEG or TIFF files, or folders that hold some.',
    );
  }
}

export class OptionInvalidError extends CounterpartError {
  readonly code = 'option-invalid';
}

export class PatientTableError extends CounterpartError {
  readonly code = 'patient-table';
  constructor(path: string, reason: string) {
    super(
      `${path} says nothing of patients: ${reason}.`,
      'Write a table with the columns file and patient, and split where there is one; file as the run names its films.',
    );
  }
}

export class QueueMissingError extends CounterpartError {
  readonly code = 'queue-missing';
  constructor(options?: ErrorOptions) {
    super(
      'A queue needs the packages bullmq and ioredis, which are not installed.',
      'Install them beside this one (npm install bullmq ioredis; --global where the command line is), or share the work with --shard.',
      options,
    );
  }
}

export class GpuPackageMissingError extends CounterpartError {
  readonly code = 'gpu-package-missing';
  constructor(options?: ErrorOptions) {
    super(
      'Computing on a GPU needs the package webgpu, which is not installed or not made for this machine.',
      'Install it beside this one (npm install webgpu; --global where the command line is), or leave out --gpu.',
      options,
    );
  }
}

export class GpuMissingError extends CounterpartError {
  readonly code = 'gpu-missing';
  constructor(reason: string, options?: ErrorOptions) {
    super(
      `No GPU can be used: ${reason}`,
      'Install the driver of the graphics adapter (on Linux one for Vulkan), or leave out --gpu to compute on the CPU.',
      options,
    );
  }
}

/** The driver refused a kernel, the device was lost or its memory is full: every item would meet it. */
export class GpuFailedError extends RunEndingError {
  readonly code = 'gpu-failed';
  constructor(reason: string, options?: ErrorOptions) {
    super(
      `The GPU failed: ${reason}`,
      'Run the same command to go on where it stopped, without --gpu if it happens again.',
      options,
    );
  }
}

export class QueueUnreachableError extends CounterpartError {
  readonly code = 'queue-unreachable';
  constructor(url: string, options?: ErrorOptions) {
    super(
      `The queue at ${url} cannot be reached.`,
      'Check that Redis runs there and lets this machine in; what is done is kept.',
      options,
    );
  }
}

/** An error with what to do next where there is no screen. */
class WithoutScreenError extends CounterpartError {
  readonly code: string;
  constructor(cause: CounterpartError, advice: string) {
    super(cause.message, advice, { cause });
    this.code = cause.code;
  }
}

/** What the screen's controls would be told by, told by the names of flags. */
export function withoutScreen(error: unknown): unknown {
  return error instanceof CounterpartError && error.commandLine !== undefined
    ? new WithoutScreenError(error, error.commandLine)
    : error;
}
