import { parseArgs } from 'node:util';
import { withoutPassword } from '../setup/secrets.mjs';
import { SetupError } from '../setup/setup-error.mjs';
import { llmEndpoint } from './llm-proxy.mjs';
import { pacsEndpoint } from './pacs-proxy.mjs';

export const DEFAULT_PORT = 4180;

/**
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, string | undefined>>} [environment] COUNTERPART_LLM_KEY: the key of the endpoint after --llm;
 *   COUNTERPART_PACS_TOKEN, or COUNTERPART_PACS_USER and COUNTERPART_PACS_PASSWORD: for the archive after --pacs
 * @returns {{ open: boolean, port: number, host: string, strictPort: boolean, help: boolean, llm?: import('./llm-proxy.mjs').LlmEndpoint, pacs?: import('./pacs-proxy.mjs').PacsEndpoint }}
 * @throws {SetupError} 'bad-argument'
 */
export function parseServeOptions(args, environment = process.env) {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        'no-open': { type: 'boolean', default: false },
        port: { type: 'string', default: String(DEFAULT_PORT) },
        host: { type: 'string', default: '127.0.0.1' },
        'strict-port': { type: 'boolean', default: false },
        llm: { type: 'string' },
        'llm-model': { type: 'string' },
        pacs: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    throw new SetupError(
      'bad-argument',
      withoutPassword(error instanceof Error ? error.message : String(error), 'The arguments are not understood.'),
      'Run with --help to see the options.',
    );
  }
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65535) {
    throw new SetupError(
      'bad-argument',
      `--port ${values.port} is not a port.`,
      'Name a number from 0 (any free port) to 65535.',
    );
  }
  const llm =
    values.llm === undefined
      ? {}
      : { llm: llmEndpoint(values.llm, { model: values['llm-model'], key: environment['COUNTERPART_LLM_KEY'] }) };
  return {
    open: !values['no-open'],
    port,
    host: values.host,
    strictPort: values['strict-port'],
    help: values.help,
    ...llm,
    ...(values.pacs === undefined ? {} : { pacs: pacsEndpoint(values.pacs, environment) }),
  };
}
