/** Fingers and a pen on the studio: what paints, what moves the picture, and layouts of a tablet. */

import AxeBuilder from '@axe-core/playwright';
import { expect, test, type CDPSession, type Locator, type Page } from '@playwright/test';
import { StudioDriver } from './studio/driver';
import { samplePng } from './studio/fixtures';

test.use({ hasTouch: true, viewport: { width: 820, height: 1180 } });

type Spot = readonly [number, number];

class Glass {
  constructor(
    private readonly session: CDPSession,
    private readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  ) {}

  static async over(page: Page, place: Locator): Promise<Glass> {
    const box = await place.boundingBox();
    if (box === null) throw new Error('The place is not on the screen.');
    return new Glass(await page.context().newCDPSession(page), box);
  }

  #at([x, y]: Spot): { x: number; y: number } {
    return { x: this.box.x + x * this.box.width, y: this.box.y + y * this.box.height };
  }

  async #send(type: 'touchStart' | 'touchMove' | 'touchEnd', fingers: readonly Spot[]): Promise<void> {
    await this.session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: fingers.map((finger, id) => ({ ...this.#at(finger), id })),
    });
  }

  /** Fingers that go from one place to another together. */
  async drag(from: readonly Spot[], to: readonly Spot[]): Promise<void> {
    await this.#send('touchStart', from);
    for (let step = 1; step <= 5; step++) {
      await this.#send(
        'touchMove',
        from.map(
          ([x, y], i) => [x + ((to[i]?.[0] ?? x) - x) * (step / 5), y + ((to[i]?.[1] ?? y) - y) * (step / 5)] as const,
        ),
      );
    }
    await this.#send('touchEnd', []);
  }

  async pen(from: Spot, to: Spot, force: number): Promise<void> {
    const send = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', spot: Spot, buttons: number) =>
      this.session.send('Input.dispatchMouseEvent', {
        type,
        ...this.#at(spot),
        button: 'left',
        buttons,
        clickCount: 1,
        force,
        pointerType: 'pen',
      });
    await send('mousePressed', from, 1);
    for (let step = 1; step <= 5; step++)
      await send('mouseMoved', [from[0] + ((to[0] - from[0]) * step) / 5, from[1] + ((to[1] - from[1]) * step) / 5], 1);
    await send('mouseReleased', to, 0);
  }
}

const share = async (page: Page): Promise<number> =>
  Number.parseFloat(/[\d.]+/.exec((await page.getByTestId('mask-share').textContent()) ?? '')?.[0] ?? '0');

test('fingers paint and pinch; after a pen they only move the picture; the library is a drawer', async ({ page }) => {
  const studio = new StudioDriver(page);
  await page.goto('/');
  await studio.open(samplePng('clear'));
  await expect(page.getByTestId('viewport')).toBeVisible();

  // What is asked stands below the picture and covers nothing of it; the library comes over it when called.
  await expect(studio.words).toBeInViewport();
  const [picture, panel] = [
    await studio.viewport.boundingBox(),
    await page.getByRole('complementary', { name: 'Request and reading' }).boundingBox(),
  ];
  expect((picture?.y ?? 0) + (picture?.height ?? Infinity)).toBeLessThanOrEqual(panel?.y ?? 0);
  await page.getByRole('button', { name: 'Project and images' }).tap();
  await expect(page.getByRole('complementary', { name: /images/i })).toBeInViewport();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Paint mask' }).tap();
  const glass = await Glass.over(page, studio.viewport);
  await glass.drag([[0.4, 0.5]], [[0.5, 0.55]]);
  await expect(page.getByTestId('mask-share')).toBeVisible();
  const byFinger = await share(page);
  expect(byFinger).toBeGreaterThan(0);

  const zoom = page.getByTestId('zoom');
  const before = await zoom.textContent();
  await glass.drag(
    [
      [0.45, 0.5],
      [0.55, 0.5],
    ],
    [
      [0.3, 0.5],
      [0.7, 0.5],
    ],
  );
  await expect(zoom).not.toHaveText(before ?? '');
  expect(await share(page)).toBe(byFinger);

  await glass.pen([0.4, 0.4], [0.6, 0.4], 0.8);
  await expect.poll(() => share(page)).toBeGreaterThan(byFinger);
  const byPen = await share(page);
  await glass.drag([[0.4, 0.6]], [[0.6, 0.7]]);
  expect(await share(page)).toBe(byPen);
});

test('what a finger has to hit is large enough, and forced colours are accessible', async ({ page }) => {
  const studio = new StudioDriver(page);
  await page.goto('/');
  await studio.open(samplePng('clear'));
  await expect(page.getByTestId('viewport')).toBeVisible();
  const small = await page
    .getByRole('toolbar')
    .getByRole('button')
    .evaluateAll((buttons) =>
      buttons.flatMap((button) => {
        const { width, height } = button.getBoundingClientRect();
        return Math.min(width, height) < 44 ? [button.getAttribute('aria-label')] : [];
      }),
    );
  expect(small).toEqual([]);
  await page.emulateMedia({ forcedColors: 'active' });
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
});
