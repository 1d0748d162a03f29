/** The engine's own error: the same three fields as CounterpartError, because engine/ imports nothing from the rest. */

export type EngineErrorCode =
  | 'graph-format'
  | 'weights-format'
  | 'missing-input'
  | 'shape-mismatch'
  | 'weight-missing'
  | 'unsupported-op'
  | 'aborted'
  | 'out-of-memory'
  | 'device-lost'
  | 'backend-unavailable'
  | 'non-finite-output'
  | 'backend-failed';

/** What a person can do about each kind; a call may give more specific advice. */
const ADVICE: Readonly<Record<EngineErrorCode, string>> = {
  'graph-format': 'The network file is damaged or was made for another version. Reload the page to fetch it again.',
  'weights-format': 'The weights are damaged or incomplete. Reload the page to fetch them again.',
  'missing-input': 'Every input that the network names must be given. Please report this.',
  'shape-mismatch': 'An input or weight has another size than the network states. Please report this.',
  'weight-missing': 'The weights belong to another version of the network. Reload the page to fetch both again.',
  'unsupported-op': 'The network was made for a newer version of this program. Reload the page to update it.',
  aborted: 'The run was cancelled. Start it again when ready.',
  'out-of-memory': 'Close other tabs, or choose fewer candidates at a time, and try again.',
  'device-lost': 'The graphics device was reset. Try again, or switch to the CPU in the settings.',
  'backend-unavailable': 'Use a current Chrome, Edge, Firefox or Safari with WebAssembly enabled.',
  'non-finite-output': 'The result is not usable. Try another seed, or switch to the CPU in the settings.',
  'backend-failed': 'Try again, or switch to the CPU in the settings. If it stays, please report it.',
};

/** @property code stable kind, @property advice what to do next. */
export class EngineError extends Error {
  readonly advice: string;
  constructor(
    readonly code: EngineErrorCode,
    message: string,
    options?: ErrorOptions & { readonly advice?: string },
  ) {
    super(message, options);
    this.name = new.target.name;
    this.advice = options?.advice ?? ADVICE[code];
  }
}

export type GraphFault =
  | 'schema'
  | 'unknown-op'
  | 'duplicate-name'
  | 'unknown-value'
  | 'use-before-definition'
  | 'unused-weight'
  | 'unused-value'
  | 'operand-count'
  | 'batch'
  | 'shape';

/** A graph that breaks a rule of docs/export-format.md; `fault` says which. */
export class GraphFormatError extends EngineError {
  constructor(
    readonly fault: GraphFault,
    message: string,
    options?: ErrorOptions,
  ) {
    super('graph-format', message, options);
  }
}

export type WeightsFault = 'truncated' | 'header' | 'offsets' | 'unsupported-dtype';

/** A safetensors file that cannot be read; `fault` says why. */
export class WeightsFormatError extends EngineError {
  constructor(
    readonly fault: WeightsFault,
    message: string,
    options?: ErrorOptions,
  ) {
    super('weights-format', message, options);
  }
}
