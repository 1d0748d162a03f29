import { request as askHttp } from 'node:http';
import { request as askHttps } from 'node:https';
import { withoutPassword } from '../setup/secrets.mjs';
import { SetupError } from '../setup/setup-error.mjs';
import { ProxyError, refuseForeign, replyJson } from './own-pages.mjs';

/** @typedef {{ base: string, key?: string, model?: string, seconds?: number }} LlmEndpoint `base` ends before /chat/completions */

/** Where the studio asks for its language model, on its own origin. */
export const LLM_PATH = '/llm';
const LARGEST_QUESTION = 64 * 1024;
const LARGEST_ANSWER = 1024 * 1024;
const SECONDS = 120;

/** Of a question only these go on: the proxy is no door to whatever else the endpoint can do. */
const PASSED = ['messages', 'temperature', 'max_tokens', 'response_format'];

/**
 * The endpoint that `--llm` names. The key stays in this process: it is neither sent to the page nor printed.
 * @param {string} address
 * @param {{ model?: string | undefined, key?: string | undefined }} options
 * @returns {LlmEndpoint}
 * @throws {SetupError} 'bad-argument'
 */
export function llmEndpoint(address, { model, key }) {
  let url;
  try {
    url = new URL(address);
  } catch {
    url = undefined;
  }
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new SetupError(
      'bad-argument',
      `--llm ${withoutPassword(address)} is not an address of a server.`,
      'Give the base address of an OpenAI-compatible server, such as http://localhost:11434/v1.',
    );
  }
  if (url.username || url.password) {
    throw new SetupError(
      'bad-argument',
      'The address after --llm holds a name or password.',
      'Leave it out, and put the key into the environment as COUNTERPART_LLM_KEY.',
    );
  }
  const path = url.pathname.replace(/\/+$/, '').replace(/\/chat\/completions$/, '');
  return {
    base: `${url.origin}${path === '' ? '/v1' : path}`,
    ...(key ? { key } : {}),
    ...(model ? { model } : {}),
  };
}

/**
 * Answers GET /llm (is there an endpoint, and where) and POST /llm/chat/completions for pages of this origin.
 * @param {LlmEndpoint | undefined} endpoint undefined: none was asked for, and every question is refused
 * @param {string} [host] what the server was told to listen on: its name counts as its own
 */
export function createLlmProxy(endpoint, host) {
  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  return async function answer(request, response) {
    /** @param {number} status @param {unknown} body */
    const reply = (status, body) => {
      replyJson(request, response, status, body);
    };
    const stop = new AbortController();
    // The page closed, or its user called the question off: the endpoint stops, too.
    response.on('close', () => {
      if (!response.writableFinished) stop.abort();
    });
    try {
      refuseForeign(request, 'llm-foreign', host);
      const path = (request.url ?? '').split(/[?#]/, 1)[0];
      if (path === LLM_PATH && (request.method === 'GET' || request.method === 'HEAD')) {
        reply(200, {
          endpoint: endpoint
            ? { host: new URL(endpoint.base).host, ...(endpoint.model ? { model: endpoint.model } : {}) }
            : null,
        });
        return;
      }
      if (path !== `${LLM_PATH}/chat/completions` || request.method !== 'POST')
        throw new ProxyError(404, 'llm-unknown', 'Only GET /llm and POST /llm/chat/completions are answered here.');
      if (!endpoint)
        throw new ProxyError(404, 'llm-off', 'No language model was named: start the studio with --llm URL.');
      const question = questionOf(await bodyOf(request, LARGEST_QUESTION, 'llm-question-too-large'), endpoint);
      const { status, text } = await ask(endpoint, question, stop.signal);
      reply(status, text);
    } catch (error) {
      if (response.destroyed) return;
      const { status, code, message } =
        error instanceof ProxyError
          ? error
          : new ProxyError(502, 'llm-unreachable', 'The endpoint could not be reached.');
      reply(status, { error: { code, message } });
    }
  };
}

/**
 * @param {import('node:http').IncomingMessage} stream
 * @param {number} most bytes
 * @param {string} code
 * @returns {Promise<string>}
 */
async function bodyOf(stream, most, code) {
  /** @type {Buffer[]} */
  const chunks = [];
  let size = 0;
  for await (const piece of stream) {
    const chunk = /** @type {Buffer} */ (piece);
    size += chunk.length;
    if (size > most) throw new ProxyError(413, code, `More than ${String(most)} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * @param {string} text
 * @param {LlmEndpoint} endpoint
 */
function questionOf(text, { model }) {
  /** @type {unknown} */
  let given;
  try {
    given = JSON.parse(text);
  } catch {
    given = undefined;
  }
  const asked = /** @type {Readonly<Record<string, unknown>>} */ (typeof given === 'object' ? (given ?? {}) : {});
  if (!Array.isArray(asked['messages']))
    throw new ProxyError(400, 'llm-question-malformed', 'A JSON object with messages is expected.');
  const passed = Object.fromEntries(PASSED.filter((name) => name in asked).map((name) => [name, asked[name]]));
  return JSON.stringify({ model: model ?? 'default', ...passed, stream: false });
}

/**
 * @param {LlmEndpoint} endpoint
 * @param {string} question
 * @param {AbortSignal} called
 * @returns {Promise<{ status: number, text: string }>}
 */
async function ask({ base, key, seconds = SECONDS }, question, called) {
  const late = AbortSignal.timeout(seconds * 1000);
  const send = base.startsWith('https:') ? askHttps : askHttp;
  try {
    const answer = await new Promise(
      (/** @type {(answer: import('node:http').IncomingMessage) => void} */ resolve, reject) => {
        send(
          `${base}/chat/completions`,
          {
            method: 'POST',
            signal: AbortSignal.any([called, late]),
            headers: {
              'content-type': 'application/json',
              'content-length': Buffer.byteLength(question),
              ...(key ? { authorization: `Bearer ${key}` } : {}),
            },
          },
          resolve,
        )
          .on('error', reject)
          .end(question);
      },
    );
    const text = await bodyOf(answer, LARGEST_ANSWER, 'llm-answer-too-large');
    return { status: answer.statusCode ?? 502, text };
  } catch (error) {
    if (error instanceof ProxyError) throw error;
    if (late.aborted) throw new ProxyError(504, 'llm-timeout', `No answer within ${String(seconds)} seconds.`);
    throw new ProxyError(502, 'llm-unreachable', 'The endpoint could not be reached.');
  }
}
