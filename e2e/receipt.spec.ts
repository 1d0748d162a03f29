import { expect, test } from '@playwright/test';
import { GENERATION_TIMEOUT, StudioDriver } from './studio/driver';
import { samplePng } from './studio/fixtures';

const VERDICT = /^(green|amber|red)$/;

test('a receipt tells in words what was measured, shows its figures, and measures the undo when asked', async ({
  page,
}) => {
  test.setTimeout(4 * GENERATION_TIMEOUT);
  const studio = new StudioDriver(page);
  await studio.start();
  await studio.open(samplePng('clear'));
  await studio.read();
  await studio.say('severe right lower zone opacity');
  await studio.fewSteps();
  await studio.generate();
  const receipt = page.getByRole('region', { name: 'Receipt' });
  const verdict = page.getByTestId('receipt-verdict');
  await expect(verdict).toHaveAttribute('data-verdict', VERDICT);
  await expect(verdict).toContainText('The second reader');
  await verdict.click();
  await expect(receipt.getByTestId('receipt-outside')).toHaveAttribute('data-verdict', 'green');
  for (const line of ['effect', 'others', 'anatomy']) {
    await expect(receipt.getByTestId(`receipt-${line}`)).toHaveAttribute('data-verdict', VERDICT);
  }
  await expect(receipt.getByTestId('receipt-effect')).toContainText('The second reader');

  await receipt.getByTestId('receipt-effect').getByRole('button').click();
  await expect(receipt.getByText('Opacity inside the mask')).toBeVisible();
  await receipt.getByTestId('receipt-origin').getByRole('button').click();
  await expect(receipt.getByText('Network denoiser')).toBeVisible();

  const undo = receipt.getByTestId('receipt-undo');
  await expect(undo).toContainText('Not measured yet');
  await undo.getByRole('button', { name: 'Measure now' }).click();
  await expect(undo).toHaveAttribute('data-verdict', VERDICT, { timeout: GENERATION_TIMEOUT });
  await expect(undo).toContainText('Taken back');
  await studio.idle();
});
