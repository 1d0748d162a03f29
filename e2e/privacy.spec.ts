import { expect, test, type Request } from '@playwright/test';
import { decodePng, readPngText } from '../src/imaging/png';
import { GENERATION_TIMEOUT, StudioDriver } from './studio/driver';
import { deepPng } from './studio/fixtures';

/** What left the page, or tried to, other than reading this server's files. */
function watch(requests: readonly Request[], origin: string): readonly string[] {
  return requests
    .filter((request) => !/^(?:blob|data):/.test(request.url()))
    .filter(
      (request) =>
        new URL(request.url()).origin !== origin || request.method() !== 'GET' || request.postData() !== null,
    )
    .map((request) => `${request.method()} ${request.url()}`);
}

test('from opening to saving nothing is sent anywhere, and the result says that it is synthetic', async ({
  page,
  baseURL,
}) => {
  test.setTimeout(2 * GENERATION_TIMEOUT);
  const requests: Request[] = [];
  const refused: string[] = [];
  // Of the context, so that the requests of the worker count too.
  page.context().on('request', (request) => requests.push(request));
  page.on('websocket', (socket) => requests.length && refused.push(`websocket ${socket.url()}`));
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) refused.push(message.text());
  });
  const studio = new StudioDriver(page);
  await studio.start();
  await studio.open(deepPng());
  await studio.read();
  await studio.fewSteps();
  await studio.say('severe right lower zone opacity');
  await studio.generate();
  for (const comparison of ['Source', 'Counterfactual', 'Difference', 'Swipe', 'Side by side', 'Blink']) {
    await page.getByRole('radio', { name: comparison }).click();
    if (comparison !== 'Source') await expect(page.locator('.viewport-caption[data-synthetic]').first()).toBeAttached();
  }
  const saved = await studio.save(/Save counterfactual/);
  expect(decodePng(saved.bytes, saved.name).synthetic).toBe(true);
  expect(Object.values(readPngText(saved.bytes)).join(' ')).toMatch(/Synthetic counterfactual.*Not a medical device/);
  await expect(page.getByText('Research use only, not a medical device')).toBeVisible();

  expect(requests.length).toBeGreaterThan(10);
  expect(watch(requests, new URL(baseURL ?? '').origin)).toEqual([]);
  expect(refused).toEqual([]);
});

test('a page of the studio cannot reach another server even if it tried', async ({ page }) => {
  await page.goto('/');
  const tried = await page.evaluate(async () => {
    const outcomes: string[] = [];
    for (const attempt of [
      () => fetch('https://example.com/'),
      () => fetch('https://example.com/', { method: 'POST', body: 'pixels' }),
    ]) {
      outcomes.push(
        await attempt().then(
          () => 'sent',
          () => 'refused',
        ),
      );
    }
    outcomes.push(
      await new Promise<string>((resolve) => {
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
          // Those of the fetches before may arrive late.
          if (effectiveDirective === 'img-src') resolve('refused by img-src');
        });
        const image = new Image();
        image.src = 'https://example.com/pixel.png';
      }),
    );
    return outcomes;
  });
  expect(tried).toEqual(['refused', 'refused', 'refused by img-src']);
});
