import { defineConfig } from '@playwright/test';
import { findChromium } from './scripts/setup/chromium.mjs';

const port = Number(process.env['COUNTERPART_E2E_PORT'] ?? 4327);
const executablePath = findChromium();

const quiet = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--no-default-browser-check',
];

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  forbidOnly: Boolean(process.env['CI']),
  // One edit on wasm takes seconds on a workstation and tens of seconds on a busy two-core machine.
  timeout: 240_000,
  globalTimeout: 30 * 60_000,
  expect: { timeout: 60_000 },
  workers: 1,
  retries: 0,
  reporter: 'list',
  use: {
    // Else a click on what never becomes ready waits for the whole test.
    actionTimeout: 90_000,
    baseURL: `http://127.0.0.1:${String(port)}/`,
    viewport: { width: 1440, height: 900 },
    colorScheme: 'dark',
    // A service worker would answer before the routes that tests set up; the offline journey allows it.
    serviceWorkers: 'block',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
  projects: [
    {
      name: 'wasm',
      testIgnore: '**/*.webgpu.spec.ts',
      use: { launchOptions: { args: [...quiet, '--disable-gpu'], ...(executablePath ? { executablePath } : {}) } },
    },
    {
      // WebGPU without a GPU: correct, but slow, so only what is about WebGPU runs here.
      name: 'webgpu',
      testMatch: '**/*.webgpu.spec.ts',
      use: {
        launchOptions: {
          args: [...quiet, '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'],
          ...(executablePath ? { executablePath } : {}),
        },
      },
    },
  ],
  webServer: {
    command: `node scripts/serve.mjs --strict-port --port ${String(port)}`,
    url: `http://127.0.0.1:${String(port)}/`,
    reuseExistingServer: false,
    timeout: 30_000,
  },
});
