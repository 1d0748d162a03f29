import { describe, expect, it } from 'vitest';
import { refuseForeign } from './own-pages.mjs';

/**
 * @param {string} localAddress where the question came in
 * @param {string} host that it names
 * @param {string} [given] with --host
 */
function answers(localAddress, host, given) {
  try {
    refuseForeign({ headers: { host }, socket: { localAddress } }, 'foreign', given);
    return true;
  } catch {
    return false;
  }
}

describe('whom the server answers', () => {
  it.each([
    ['127.0.0.1', 'localhost:4180', undefined],
    ['::1', '[::1]:4180', undefined],
    ['127.0.1.1', 'workstation:4180', 'workstation'],
    ['192.168.1.5', '192.168.1.5:4180', '0.0.0.0'],
    ['fd00::5', '[fd00::5]:4180', '::'],
    ['192.168.1.5', 'localhost:4180', '0.0.0.0'],
    ['192.168.1.5', 'Workstation:4180', 'workstation'],
  ])('at %s whoever calls it %s, started with --host %s', (at, host, given) => {
    expect(answers(at, host, given)).toBe(true);
  });

  it.each([
    ['127.0.0.1', 'rebound.example:4180', undefined],
    ['127.0.0.1', '192.168.1.5', undefined],
    ['192.168.1.5', 'rebound.example:4180', '0.0.0.0'],
    ['192.168.1.5', 'rebound.example', 'workstation'],
    ['192.168.1.5', '', '0.0.0.0'],
  ])('at %s nobody who calls it %s, started with --host %s', (at, host, given) => {
    expect(answers(at, host, given)).toBe(false);
  });
});
