import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { resolve } from 'node:path';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createStaticServer } from '../scripts/serve/static-server.mjs';
import { fakeOpenAi, type FakeOpenAi } from '../src/findings/report/testing/fakeOpenAi';
import { recipeOf } from './studio/compare';
import { GENERATION_TIMEOUT, StudioDriver } from './studio/driver';
import { samplePng } from './studio/fixtures';

const REPORT = [
  'Patient: Jane Roe, MRN 4471902',
  'FINDINGS: Moderate left pleural effusion. No pneumothorax. There may be a mass in the right upper lobe.',
].join('\n');
/** Its reading: what it quotes of a fracture stands nowhere in the report. */
const ANSWER = JSON.stringify({
  items: [
    {
      quote: 'Moderate left pleural effusion',
      finding: 'effusion',
      certainty: 'certain',
      severity: 2,
      zones: ['left_lower'],
    },
    { quote: 'may be a mass', finding: 'mass', certainty: 'certain', severity: 2, zones: ['right_upper'] },
    { quote: 'old rib fractures', finding: 'nodule', certainty: 'certain', severity: 1, zones: ['left_mid'] },
  ],
});

let model: FakeOpenAi;
let server: Server;
let address: string;

test.beforeAll(async () => {
  model = await fakeOpenAi(() => ({ content: ANSWER }));
  server = await createStaticServer(resolve(import.meta.dirname, '../dist'), {
    llm: { base: model.base, model: 'small', key: 'sk-secret', seconds: 30 },
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
});

test.afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await model.close();
});

test.describe('a pasted report', () => {
  test.setTimeout(2 * GENERATION_TIMEOUT);

  test('becomes edits to tick, is read a second time by a model behind the studio’s own server, and is drawn', async ({
    page,
  }) => {
    const studio = new StudioDriver(page);
    await page.goto(address);
    await studio.engineReady();
    await studio.open(samplePng('clear'));
    await studio.read();
    await page.getByRole('button', { name: 'From a report' }).click();
    const dialog = page.getByRole('dialog', { name: 'From a report' });
    await dialog.getByRole('textbox', { name: 'Report' }).fill(REPORT);
    await expect(dialog.getByRole('checkbox', { name: /^moderate left lower zone effusion/ })).toBeChecked();
    await expect(dialog.getByRole('checkbox', { name: /mass/ })).not.toBeChecked();

    await dialog.getByRole('button', { name: 'See what would be sent' }).click();
    const sent = dialog.locator('pre').first();
    await expect(sent).toContainText('Moderate left pleural effusion');
    await expect(sent).not.toContainText(/Jane|Roe|4471902/);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ html }) => html) }))).toEqual([]);
    expect(model.asked).toHaveLength(0);
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(dialog.getByText(/old rib fractures/)).toBeVisible();
    expect(model.asked).toHaveLength(1);
    expect(JSON.stringify(model.asked[0]?.body)).not.toMatch(/Jane|Roe|4471902/);
    expect(model.asked[0]?.headers.authorization).toBe('Bearer sk-secret');

    await expect(dialog.getByRole('checkbox', { name: /^moderate left lower zone effusion/ })).toBeChecked();
    await dialog.getByRole('button', { name: 'Use and generate' }).click();
    await studio.generated();
    const recipe = recipeOf(await studio.save(/Save counterfactual/));
    expect(recipe.drawn?.map(({ finding, places }) => [finding, ...places])).toEqual([['effusion', 'left_lower']]);
    expect(JSON.stringify(recipe)).not.toMatch(/Jane|Roe|4471902/);
  });
});
