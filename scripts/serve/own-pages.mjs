/** What the proxies of the studio's own server have in common: they answer its own pages, and say what stands against a question. */

import { isIP } from 'node:net';
import { COMMON_HEADERS } from './headers.mjs';

/** A question that is not passed on, or a server behind that did not answer. */
export class ProxyError extends Error {
  /**
   * @param {number} status
   * @param {string} code
   * @param {string} message
   */
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * Other sites' pages may not ask, nor names that somebody else made point at this computer: numbers are nobody's name, and of names
 * those count that cannot be made to point elsewhere, or that were given with --host.
 * @param {{ headers: import('node:http').IncomingHttpHeaders, socket: { localAddress?: string | undefined } }} request
 * @param {string} code of the refusal
 * @param {string} [given] the name or address that the server was told to listen on
 * @throws {ProxyError}
 */
export function refuseForeign({ headers, socket }, code, given) {
  const { origin, host = '' } = headers;
  const site = headers['sec-fetch-site'];
  const named = (/^(.*?)(?::\d+)?$/.exec(host)?.[1] ?? '').toLowerCase();
  const bare = named.replace(/^\[(.*)\]$/, '$1');
  const isGiven = given !== undefined && bare === given.toLowerCase();
  const local = socket.localAddress ?? '';
  const listensHereOnly = /^(?:127\.|::1$|::ffff:127\.)/.test(local);
  const foreign =
    (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) ||
    (site !== undefined && site !== 'same-origin' && site !== 'none') ||
    !(listensHereOnly ? LOOPBACK.test(named) || isGiven : isIP(bare) !== 0 || named === 'localhost' || isGiven);
  if (foreign) throw new ProxyError(403, code, 'Only the studio itself may ask here.');
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {number} status
 * @param {unknown} body JSON, as text or to be made so
 */
export function replyJson(request, response, status, body) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, {
    ...COMMON_HEADERS,
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'content-length': String(Buffer.byteLength(text)),
  });
  response.end(request.method === 'HEAD' ? undefined : text);
}
