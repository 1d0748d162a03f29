import { SetupError } from '../setup/setup-error.mjs';

/** Ports tried after the asked one when that is in use. */
const TRIES = 20;

/**
 * @param {import('node:http').Server} server
 * @param {number} port
 * @param {string} host
 * @returns {Promise<number>} the port it listens on (differs from `port` only when that is 0)
 */
function listenOnce(server, port, host) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

/**
 * Listens on `port`, or on the next free one above it.
 * @param {import('node:http').Server} server
 * @param {{ port: number, host: string, strict?: boolean }} where `strict`: this port or none
 * @returns {Promise<number>}
 * @throws {SetupError} 'no-free-port'
 */
export async function listen(server, { port, host, strict = false }) {
  const last = strict || port === 0 ? port : Math.min(port + TRIES, 65535);
  for (let candidate = port; candidate <= last; candidate += 1) {
    try {
      return await listenOnce(server, candidate, host);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    }
  }
  throw new SetupError(
    'no-free-port',
    last === port ? `Port ${String(port)} is in use.` : `Ports ${String(port)} to ${String(last)} are all in use.`,
    'Stop the program that uses it, or name another with --port.',
  );
}
