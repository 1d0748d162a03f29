/** What a backend throws -> EngineError. tfjs and Emscripten throw plain errors, so their wording is all there is to go by. */

import { EngineError } from '../errors';
import type { Backend } from './backends/backend';

const MEMORY =
  /out of memory|\bOOM\b|cannot enlarge memory|memory access out of bounds|allocation failed|failed to allocate/i;
/** A lost device rejects pending reads a little before it announces its loss. */
const LOSS_NOTICE_MS = 50;

export function abortedError(network: string, signal: AbortSignal | undefined): EngineError {
  return new EngineError('aborted', `The run of ${network} was cancelled.`, { cause: signal?.reason });
}

/** @param network its name, for the message */
export async function translateFailure(cause: unknown, network: string, backend: Backend): Promise<EngineError> {
  if (cause instanceof EngineError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  if (MEMORY.test(message))
    return new EngineError('out-of-memory', `There was not enough memory to run ${network} on ${backend.device}.`, {
      cause,
    });
  const loss = await Promise.race([
    backend.lost,
    new Promise<undefined>((resolve) => setTimeout(resolve, LOSS_NOTICE_MS)),
  ]);
  if (loss !== undefined)
    return new EngineError('device-lost', `The graphics device was lost while running ${network}: ${loss}.`, { cause });
  return new EngineError('backend-failed', `${network} failed on ${backend.device}: ${message}`, { cause });
}
