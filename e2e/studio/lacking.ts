/** Takes from Chromium what other browsers lack. A worker's script is given a few lines more: init scripts do not reach workers. */

import type { Page } from '@playwright/test';

/** The page as a server sends it that does not isolate: no `SharedArrayBuffer`, in its workers either. */
export async function withoutIsolation(page: Page): Promise<void> {
  await page.route(
    ({ pathname }) => pathname === '/',
    async (route) => {
      const response = await route.fetch();
      const headers = response.headers();
      for (const name of ['cross-origin-opener-policy', 'cross-origin-embedder-policy'])
        Reflect.deleteProperty(headers, name);
      await route.fulfill({ response, headers });
    },
  );
}

/** `f32x4.relaxed_madd` as it stands in a module: neither valid nor compiled. */
function refuseRelaxedSimd(): void {
  const uses = (source: BufferSource) => {
    const bytes = ArrayBuffer.isView(source)
      ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
      : new Uint8Array(source);
    return bytes.some((byte, i) => byte === 0xfd && bytes[i + 1] === 0x85 && bytes[i + 2] === 0x02);
  };
  const { validate, compile } = WebAssembly;
  WebAssembly.validate = (source) => !uses(source) && validate(source);
  WebAssembly.compile = (source) =>
    uses(source) ? Promise.reject(new WebAssembly.CompileError('relaxed SIMD was taken away')) : compile(source);
}

export async function withoutRelaxedSimd(page: Page): Promise<void> {
  await page.route(/\/assets\/worker\/inference-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `(${refuseRelaxedSimd.toString()})();\n${await response.text()}` });
  });
}

/** As in WebKitGTK: no files of the page's own. */
export async function withoutOwnFiles(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Reflect.deleteProperty(StorageManager.prototype, 'getDirectory');
  });
}
