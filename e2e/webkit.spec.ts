/** The main journey in WebKitGTK, which has WebKit's scripts, workers and storage, though not Safari's shell and GPU. */

import { expect, test } from '@playwright/test';
import { findWebKit } from '../scripts/setup/webkit.mjs';
import { GENERATION_TIMEOUT } from './studio/driver';
import { WebKitSession } from './webkit/session';

const programs = findWebKit();

const button = (name: string) =>
  `[...document.querySelectorAll('button')].find((each) => (each.ariaLabel ?? each.textContent).trim().startsWith('${name}'))`;
const text = (testId: string) => `return document.querySelector('[data-testid="${testId}"]')?.textContent`;

test.describe('in WebKit', () => {
  test.skip(programs === undefined, 'No WebKit can be driven: install webkit2gtk-driver and xvfb.');
  test.setTimeout(3 * GENERATION_TIMEOUT);
  let webkit: WebKitSession | undefined;

  test.beforeAll(async () => {
    webkit = await WebKitSession.open(programs as NonNullable<typeof programs>).catch((error: unknown) => {
      test.skip(true, `WebKit is installed, but starts no session here: ${String(error)}`);
      return undefined;
    });
  });
  test.afterAll(() => webkit?.close());

  test('the first thing offered erases an opacity, is saved, and is there again after a reload', async ({
    baseURL,
  }) => {
    if (webkit === undefined) throw new Error('WebKit was not opened.');
    await webkit.goto(baseURL ?? '');
    await webkit.until('the first offer', `return ${button('Erase the opacity')} !== undefined`, GENERATION_TIMEOUT);
    await webkit.run(
      `window.went = []; for (const kind of ['error', 'unhandledrejection']) addEventListener(kind, (event) => went.push(String(event.message ?? event.reason)));`,
    );
    await webkit.run(`${button('Erase the opacity')}.click()`);
    const verdict = `return document.querySelector('[data-testid="receipt-verdict"]')?.dataset.verdict`;
    expect(await webkit.until('a receipt', verdict, GENERATION_TIMEOUT)).toBe('green');
    expect(await webkit.run(text('adapter-badge'))).toMatch(/CPU, \d+ threads?/);
    // Debian's build has no shared memory: the next best engine says why it is slower.
    if (!(await webkit.run(`return 'SharedArrayBuffer' in globalThis`))) {
      await webkit.run(`document.querySelector('[data-testid="adapter-badge"]').click()`);
      await webkit.until(
        'why one core computes',
        `return /is lent no memory/.test(document.body.innerText)`,
        GENERATION_TIMEOUT,
      );
    }
    await webkit.until('that it is saved', `return /\\nSaved/.test(document.body.innerText)`, GENERATION_TIMEOUT);
    expect(await webkit.run('return went')).toEqual([]);
    await webkit.run('location.reload()');
    await webkit.until(
      'the version again',
      `return /remove right lung opacity/.test(document.body.innerText)`,
      GENERATION_TIMEOUT,
    );
  });
});
