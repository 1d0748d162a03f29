import { request as askHttp } from 'node:http';
import { request as askHttps } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { withoutPassword } from '../setup/secrets.mjs';
import { SetupError } from '../setup/setup-error.mjs';
import { COMMON_HEADERS } from './headers.mjs';
import { ProxyError, refuseForeign, replyJson } from './own-pages.mjs';

/** @typedef {{ base: string, authorization?: string, seconds?: number }} PacsEndpoint `base` ends before /studies */

/** Where the studio asks for its archive, on its own origin. */
export const PACS_PATH = '/pacs';
/** Of silence. */
const SECONDS = 60;
const LARGEST_STORED = 512 * 2 ** 20;
const LONGEST_QUERY = 2048;

/** Of all that an archive can do these are passed on (PS3.18 8.3, 10.4 to 10.6): search, read, and store into a named study. */
const UID = String.raw`(?=[\d.]{1,64}(?:/|$))\d+(?:\.\d+)*`;
const READ = new RegExp(`^/studies(?:/${UID}/series(?:/${UID}/instances(?:/${UID}(?:/metadata|/rendered)?)?)?)?$`);
const STORE = new RegExp(`^/studies/${UID}$`);
/** What a page may get; all else comes as bytes, so that no browser shows or runs it. */
const PASSED_TYPE = /^(?:application\/(?:dicom\+json|json|dicom)|multipart\/related|image\/(?:jpeg|png|gif))\b/i;

/**
 * The archive that `--pacs` names. Its credentials stay in this process: they are neither sent to the page nor printed.
 * @param {string} address
 * @param {Readonly<Record<string, string | undefined>>} environment COUNTERPART_PACS_TOKEN, or …_USER and …_PASSWORD
 * @returns {PacsEndpoint}
 * @throws {SetupError} 'bad-argument'
 */
export function pacsEndpoint(address, environment) {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new SetupError(
      'bad-argument',
      `--pacs ${withoutPassword(address)} is not an address of a server.`,
      'Give the base address of its DICOMweb services, such as http://localhost:8042/dicom-web.',
    );
  }
  if (url.username || url.password) {
    throw new SetupError(
      'bad-argument',
      'The address after --pacs holds a name or password.',
      'Leave it out, and put them into the environment as COUNTERPART_PACS_USER and COUNTERPART_PACS_PASSWORD.',
    );
  }
  const base = `${url.origin}${url.pathname.replace(/\/+$/, '').replace(/\/studies$/, '')}`;
  const authorization = authorizationOf(environment);
  return { base, ...(authorization === undefined ? {} : { authorization }) };
}

/** @param {Readonly<Record<string, string | undefined>>} environment */
function authorizationOf(environment) {
  const token = environment['COUNTERPART_PACS_TOKEN'];
  const [user, password] = [environment['COUNTERPART_PACS_USER'], environment['COUNTERPART_PACS_PASSWORD']];
  if (token) return `Bearer ${token}`;
  return user ? `Basic ${Buffer.from(`${user}:${password ?? ''}`).toString('base64')}` : undefined;
}

/**
 * Answers GET /pacs (is there an archive, and where), and passes DICOMweb questions below it on, for pages of this origin.
 * @param {PacsEndpoint | undefined} endpoint undefined: none was asked for, and every question is refused
 * @param {string} [host] what the server was told to listen on: its name counts as its own
 */
export function createPacsProxy(endpoint, host) {
  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  return async function answer(request, response) {
    try {
      refuseForeign(request, 'pacs-foreign', host);
      const [path = '', query = ''] = (request.url ?? '').slice(PACS_PATH.length).split(/\?(.*)/s);
      const reads = request.method === 'GET' || request.method === 'HEAD';
      if (path === '' && reads) {
        replyJson(request, response, 200, { archive: endpoint ? { host: new URL(endpoint.base).host } : null });
        return;
      }
      if (query.length > LONGEST_QUERY || !(request.method === 'POST' ? STORE : reads ? READ : /^$/).test(path))
        throw new ProxyError(404, 'pacs-unknown', 'Only searches, reads and stores of DICOMweb are passed on.');
      if (!endpoint) throw new ProxyError(404, 'pacs-off', 'No archive was named: start the studio with --pacs URL.');
      await pass(request, response, endpoint, path, query);
    } catch (error) {
      if (response.headersSent || response.destroyed) {
        response.destroy();
        return;
      }
      const { status, code, message } =
        error instanceof ProxyError
          ? error
          : new ProxyError(502, 'pacs-unreachable', 'The archive could not be reached.');
      replyJson(request, response, status, { error: { code, message } });
    }
  };
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {PacsEndpoint} endpoint
 * @param {string} path
 * @param {string} query
 */
async function pass(request, response, { base, authorization, seconds = SECONDS }, path, query) {
  const { method, headers } = request;
  const stores = method === 'POST';
  const type = headers['content-type'] ?? '';
  const size = Number(headers['content-length']);
  if (stores && !/^multipart\/related\b/i.test(type))
    throw new ProxyError(415, 'pacs-not-dicom', 'DICOM files are stored as multipart/related.');
  if (stores && !(size <= LARGEST_STORED))
    throw new ProxyError(413, 'pacs-too-large', `More than ${String(LARGEST_STORED)} bytes, or of unknown length.`);
  const send = (base.startsWith('https:') ? askHttps : askHttp)(`${base}${path}${query === '' ? '' : `?${query}`}`, {
    method,
    // A connection that is kept may be closed by the archive just when the next question goes out.
    agent: false,
    headers: {
      // Whatever formats a browser likes for pictures: this one every archive has.
      accept: path.endsWith('/rendered') ? 'image/jpeg' : (headers.accept ?? '*/*'),
      ...(stores ? { 'content-type': type, 'content-length': size } : {}),
      ...(authorization === undefined ? {} : { authorization }),
    },
  });
  const late = new ProxyError(504, 'pacs-timeout', `Nothing was heard for ${String(seconds)} seconds.`);
  send.setTimeout(seconds * 1000, () => send.destroy(late));
  // That counts from when the connection stands; making it may take for ever, too.
  const connecting = setTimeout(() => send.destroy(late), seconds * 1000);
  send.once('close', () => clearTimeout(connecting));
  send.once('socket', (socket) => socket.once('connect', () => clearTimeout(connecting)));
  // The page closed, or its user called the question off: the archive stops, too.
  response.on('close', () => {
    if (!response.writableFinished) send.destroy();
  });
  /** @type {import('node:http').IncomingMessage} */
  const answer = await new Promise((resolve, reject) => {
    send.on('response', resolve).on('error', reject);
    if (stores) pipeline(request, send).catch(reject);
    else send.end();
  });
  const status = answer.statusCode ?? 502;
  // The credentials are for the server that was named, and for no other.
  if (status >= 300 && status < 400) {
    answer.resume();
    throw new ProxyError(502, 'pacs-redirected', 'The archive sends questions on to another address.');
  }
  const given = answer.headers['content-type'] ?? '';
  const { warning } = answer.headers;
  const length = answer.headers['content-length'];
  response.writeHead(status, {
    ...COMMON_HEADERS,
    'content-type': PASSED_TYPE.test(given) ? given : 'application/octet-stream',
    'content-security-policy': "default-src 'none'",
    'cache-control': 'no-store',
    ...(warning === undefined ? {} : { warning }),
    ...(length === undefined ? {} : { 'content-length': length }),
  });
  await pipeline(answer, response);
}
