/** Drives the studio as a user does. */

import { readFile } from 'node:fs/promises';
import { expect, type Download, type FileChooser, type Locator, type Page } from '@playwright/test';

export interface GivenFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Making one counterfactual on two busy cores. */
export const GENERATION_TIMEOUT = 300_000;

export class StudioDriver {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    // The browser learns from the first listener that dialogs are to be caught, and it takes a while: without this one the first dialog may be gone by then.
    page.on('filechooser', () => undefined);
  }

  /** The page with its networks ready. */
  async start(): Promise<void> {
    await this.page.goto('/');
    await this.engineReady();
  }

  async engineReady(): Promise<void> {
    await expect(this.page.getByTestId('adapter-badge')).not.toHaveText(/Getting ready/, {
      timeout: GENERATION_TIMEOUT,
    });
  }

  async open(...files: readonly GivenFile[]): Promise<void> {
    // The key is heard once the page has mounted; on a busy machine that is later than its load event.
    await expect(this.page.getByTestId('adapter-badge')).toBeVisible();
    let chooser: FileChooser | undefined;
    await expect(async () => {
      const offered = this.page.waitForEvent('filechooser', { timeout: 20_000 });
      await this.page.keyboard.press('Control+o');
      chooser = await offered;
    }).toPass();
    await chooser?.setFiles(
      files.map(({ name, bytes }) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) })),
    );
  }

  /** As from another window. */
  async drop({ name, bytes }: GivenFile): Promise<void> {
    const transfer = await this.page.evaluateHandle(
      ([file, base64]) => {
        const data = new DataTransfer();
        data.items.add(new File([Uint8Array.from(atob(base64), (each) => each.charCodeAt(0))], file));
        return data;
      },
      [name, Buffer.from(bytes).toString('base64')] as const,
    );
    await this.page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
  }

  /** The zones are graded once the radiograph is read. */
  async read(): Promise<void> {
    await expect(this.zone('Right lower zone, read')).toBeVisible({ timeout: GENERATION_TIMEOUT });
  }

  /** A zone of the chest diagram by the beginning of its name. */
  zone(name: string): Locator {
    return this.page
      .getByRole('group', { name: /zones of the chest/ })
      .getByRole('button', { name: new RegExp(`^${name}`) });
  }

  get words(): Locator {
    return this.page.getByRole('textbox', { name: /Say it in words/ });
  }

  /** A row for each of several findings of the request. */
  get asked(): Locator {
    return this.page.getByRole('list', { name: 'In one edit' }).getByRole('listitem');
  }

  get viewport(): Locator {
    return this.page.getByTestId('viewport');
  }

  async say(text: string): Promise<void> {
    await this.words.fill(text);
  }

  /** Drags from one place to another, both as fractions of the viewport. */
  async drag(from: readonly [number, number], to: readonly [number, number]): Promise<void> {
    const box = await this.viewport.boundingBox();
    if (box === null) throw new Error('The viewport is not on the screen.');
    const at = ([x, y]: readonly [number, number]): [number, number] => [box.x + x * box.width, box.y + y * box.height];
    await this.page.mouse.move(...at(from));
    await this.page.mouse.down();
    await this.page.mouse.move(...at(to), { steps: 8 });
    await this.page.mouse.up();
  }

  /** Paints a mask, by default into the right lung (image left), whatever the anatomist finds in the picture. */
  async paint(
    from: readonly [number, number] = [0.24, 0.52],
    to: readonly [number, number] = [0.3, 0.62],
  ): Promise<void> {
    await this.page.getByRole('button', { name: 'Paint mask' }).click();
    for (let size = 0; size < 3; size++) await this.page.keyboard.press(']');
    await this.drag(from, to);
    await expect(this.page.getByText(/^Only the painted .* may change\.$/)).toBeVisible();
  }

  /** Waits for the result that the pressed button or key began; a message says why there is none. */
  async generated(): Promise<void> {
    const message = this.messages.getByRole('alert');
    await expect(this.page.getByTestId('receipt-verdict').or(message).first()).toBeVisible({
      timeout: GENERATION_TIMEOUT,
    });
    expect(await message.allTextContents()).toEqual([]);
    await expect(this.page.getByRole('button', { name: /^(Generate|Erase and generate)$/ })).toBeVisible({
      timeout: GENERATION_TIMEOUT,
    });
  }

  async generate(): Promise<void> {
    await this.page.getByRole('button', { name: /^(Generate|Erase and generate)$/ }).click();
    await this.generated();
  }

  /** The fewest steps: a journey that is not about quality need not wait for it. */
  async fewSteps(): Promise<void> {
    await this.page.getByRole('button', { name: /^Advanced/ }).click();
    await this.page.getByRole('slider', { name: 'Steps' }).focus();
    await this.page.keyboard.press('Home');
    await this.page.getByRole('button', { name: /^Advanced/ }).click();
  }

  async seeds(count: number): Promise<void> {
    const field = this.page.getByRole('spinbutton', { name: 'Seeds' });
    // What was closed just before gives the focus back a moment later, and takes it from the field on a busy machine.
    await expect(async () => {
      await field.focus();
      await this.page.keyboard.press('Home');
      for (let more = 1; more < count; more++) await this.page.keyboard.press('ArrowUp');
      await expect(field).toHaveAttribute('aria-valuenow', String(count), { timeout: 5_000 });
    }).toPass();
  }

  get candidates(): Locator {
    return this.page.getByRole('listbox', { name: 'Candidates' }).getByRole('option');
  }

  /** Nothing is being made. */
  async idle(): Promise<void> {
    await expect(this.page.getByRole('progressbar', { name: /Progress of the counterfactual/ })).toHaveCount(0, {
      timeout: GENERATION_TIMEOUT,
    });
    expect(await this.messages.getByRole('alert').allTextContents()).toEqual([]);
  }

  async save(item: RegExp): Promise<GivenFile> {
    await this.page.getByRole('button', { name: 'Export' }).click();
    const download = this.page.waitForEvent('download');
    await this.page.getByRole('menuitem', { name: item }).click();
    return given(await download);
  }

  /** What the panel beside the picture shows below the verdict. */
  async tab(name: 'Ask' | 'Verdict' | 'Reading'): Promise<void> {
    await this.page.getByRole('tab', { name }).click();
  }

  get messages(): Locator {
    return this.page.getByRole('region', { name: 'Messages' });
  }
}

export async function given(download: Download): Promise<GivenFile> {
  return { name: download.suggestedFilename(), bytes: new Uint8Array(await readFile(await download.path())) };
}
