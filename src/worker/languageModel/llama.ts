/** llama.cpp as WebAssembly, by wllama: a GGUF file that the user chose, its answer held to a JSON schema. */

import { Wllama, type WllamaLogger } from '@wllama/wllama';
import wasm from '@wllama/wllama/esm/wasm/wllama.wasm?url';
import { MOST_TOKENS } from '../../findings/report/model/openAi';
import {
  ModelAnswerError,
  ModelBrowserError,
  ModelFileError,
  ModelMemoryError,
} from '../../findings/report/model/errors';
import type { OpenModel } from './protocol';

/** Instructions, a report of the longest length and its answer. Tokens. */
const CONTEXT = 8192;
const SILENT: WllamaLogger = {
  debug: () => undefined,
  log: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
/** The first four bytes of the format. */
const MAGIC = 'GGUF';

/**
 * @param files of one model: one, or all its parts
 * @throws ModelFileError, ModelBrowserError, ModelMemoryError
 */
export async function openLlama(files: readonly File[]): Promise<OpenModel> {
  for (const file of files) {
    if ((await file.slice(0, MAGIC.length).text()) !== MAGIC) throw new ModelFileError(file.name, 'it is not GGUF');
  }
  const missing = missingHere();
  if (missing !== undefined) throw new ModelBrowserError(missing);
  const llama = new Wllama({ default: wasm }, { logger: SILENT, suppressNativeLog: true });
  // Nothing is fetched from elsewhere, as it would be for browsers that need another build.
  llama.setCompat(null);
  try {
    await llama.loadModel([...files], { n_ctx: CONTEXT, n_parallel: 1, n_threads: navigator.hardwareConcurrency });
  } catch (error) {
    await llama.exit().catch(() => undefined);
    const reason = error instanceof Error ? error.message : String(error);
    const size = files.reduce((sum, file) => sum + file.size, 0);
    if (/memory|alloc|oom/i.test(reason)) throw new ModelMemoryError(size, { cause: error });
    throw new ModelFileError(files.map(({ name }) => name).join(', '), reason, { cause: error });
  }
  return {
    ask: async ({ messages, schema }, signal) => {
      const { choices } = await llama.createChatCompletion({
        messages: [...messages],
        temperature: 0,
        max_tokens: MOST_TOKENS,
        response_format: { type: 'json_schema', json_schema: { name: 'findings', strict: true, schema } },
        abortSignal: signal,
      });
      const [choice] = choices;
      if (choice?.finish_reason === 'length') throw new ModelAnswerError('it did not come to an end');
      return choice?.message.content ?? '';
    },
  };
}

/** What this browser lacks of what the runtime is built for; undefined: nothing. */
function missingHere(): string | undefined {
  if (!('Suspending' in WebAssembly)) return 'WebAssembly that can wait (JSPI)';
  try {
    new WebAssembly.Memory({ address: 'i64', initial: 1n } as unknown as WebAssembly.MemoryDescriptor);
    return undefined;
  } catch {
    return 'WebAssembly with 64-bit memory';
  }
}
