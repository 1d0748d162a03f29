import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sourceFingerprint } from './build.mjs';
import { findChromium } from './chromium.mjs';
import { runCommand } from './command.mjs';
import { installationMatches } from './dependencies.mjs';
import { openerFor } from './desktop.mjs';
import { isSupportedNode } from './node-version.mjs';
import { isSupportedPython, torchRequirement } from './python.mjs';
import { withoutSecrets } from './secrets.mjs';
import { findWebKit } from './webkit.mjs';

describe('programs that are started', () => {
  const secrets = {
    COUNTERPART_LLM_KEY: 'secret',
    COUNTERPART_PACS_USER: 'secret',
    COUNTERPART_PACS_PASSWORD: 'secret',
    COUNTERPART_PACS_TOKEN: 'secret',
  };
  it('get the environment without the studio’s credentials', async () => {
    expect(withoutSecrets({ ...secrets, Counterpart_Pacs_Token: 'secret', HOME: '/home/me' })).toEqual({
      HOME: '/home/me',
    });
    const print = 'console.log(JSON.stringify(process.env))';
    const { output } = await runCommand(process.execPath, ['-e', print], { env: secrets, quiet: true });
    expect(output).toMatch(/PATH/i);
    expect(output).not.toContain('secret');
  });
});

describe('versions', () => {
  it.each(['20.19.0', '20.20.2', '22.12.0', '23.0.0', '24.1.0'])('Node %s is supported', (version) => {
    expect(isSupportedNode(version)).toBe(true);
  });
  it.each(['14.21.3', '18.20.8', '20.18.3', '21.7.3', '22.11.0'])('Node %s is not', (version) => {
    expect(isSupportedNode(version)).toBe(false);
  });
  it('Python is, from 3.11 on', () => {
    expect(['3.10', '3.11', '3.13', '2.7', ''].map(isSupportedPython)).toEqual([false, true, true, false, false]);
  });
});

describe('the installation', () => {
  const lock = {
    packages: {
      '': { version: '0.1.0' },
      'node_modules/react': { version: '19.3.1', integrity: 'sha512-a' },
      'node_modules/fsevents': { version: '2.3.3', integrity: 'sha512-b', optional: true },
    },
  };
  const installed = { packages: { 'node_modules/react': lock.packages['node_modules/react'] } };
  it('matches when all that is not optional is there', () => {
    expect(installationMatches(lock, installed, () => true)).toBe(true);
  });
  it('does not when a package was deleted after it', () => {
    expect(installationMatches(lock, installed, (path) => path !== 'node_modules/react')).toBe(false);
  });
  it.each([
    ['a package is missing', {}],
    ['a version differs', { 'node_modules/react': { version: '19.3.0', integrity: 'sha512-a' } }],
    ['a content differs', { 'node_modules/react': { version: '19.3.1', integrity: 'sha512-x' } }],
  ])('does not when %s', (_, packages) => {
    expect(installationMatches(lock, { packages }, () => true)).toBe(false);
  });
});

describe('the fingerprint of the sources', () => {
  /** @type {string} */
  let root;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'counterpart-sources-'));
    await mkdir(join(root, 'src'));
    await writeFile(join(root, 'src', 'a.ts'), 'one');
    await writeFile(join(root, 'index.html'), '<p>');
  });
  afterEach(() => rm(root, { recursive: true, force: true }));
  const print = () => sourceFingerprint(root, ['index.html', 'src', 'absent']);

  it('stays when nothing changes, and when something else does', async () => {
    const before = await print();
    await writeFile(join(root, 'README.md'), 'words');
    expect(await print()).toBe(before);
  });
  it('changes with a content, a name or a new file', async () => {
    const prints = [await print()];
    await writeFile(join(root, 'src', 'a.ts'), 'two');
    prints.push(await print());
    await writeFile(join(root, 'src', 'b.ts'), '');
    prints.push(await print());
    await rm(join(root, 'src', 'b.ts'));
    await writeFile(join(root, 'src', 'c.ts'), '');
    prints.push(await print());
    expect(new Set(prints).size).toBe(4);
  });
});

describe('the desktop', () => {
  const address = 'http://127.0.0.1:4180/';
  it('is used where there is one', () => {
    expect(openerFor(address, 'darwin', {})).toEqual(['open', address]);
    expect(openerFor(address, 'linux', { WAYLAND_DISPLAY: 'wayland-0' })).toEqual(['xdg-open', address]);
  });
  it('is left alone on a server and in automation', () => {
    expect(openerFor(address, 'linux', {})).toBeUndefined();
    expect(openerFor(address, 'darwin', { CI: 'true' })).toBeUndefined();
  });
});

describe('the browser for tests', () => {
  it('is the one that CHROMIUM_PATH names, or none', () => {
    const environment = { CHROMIUM_PATH: '/opt/browser', PATH: '/usr/bin' };
    expect(findChromium({ environment, platform: 'linux', exists: (file) => file === '/opt/browser' })).toBe(
      '/opt/browser',
    );
    expect(
      findChromium({ environment, platform: 'linux', exists: (file) => file === '/usr/bin/chromium' }),
    ).toBeUndefined();
  });
  it('is else the first on the PATH', () => {
    const found = findChromium({
      environment: { PATH: '/usr/local/bin:/usr/bin' },
      platform: 'linux',
      exists: (file) => ['/usr/bin/chromium', '/usr/bin/google-chrome'].includes(file),
    });
    expect(found).toBe('/usr/bin/chromium');
  });
});

describe('torch', () => {
  it('is found in the lock file, with or without hashes', () => {
    expect(torchRequirement('numpy==2.3.1\ntorch==2.13.0\n', '')).toBe('torch==2.13.0');
    expect(torchRequirement('torch==2.13.0 \\\n    --hash=sha256:00\n', '')).toBe('torch==2.13.0');
  });
  it('is else found among the project’s dependencies', () => {
    expect(torchRequirement('numpy==2.3.1\n', 'dependencies = ["numpy>=2", "torch==2.13.0"]')).toBe('torch==2.13.0');
  });
  it('is never guessed', () => {
    expect(() => torchRequirement('torchvision==0.28.0\n', 'dependencies = ["torch>=2"]')).toThrow('exact version');
  });
});

describe('a command', () => {
  it('tells its status and, when quiet, what it wrote', async () => {
    const script = 'console.log("out"); console.error("err"); process.exit(3)';
    const { status, output } = await runCommand(process.execPath, ['-e', script], { quiet: true });
    expect(status).toBe(3);
    expect(output).toContain('out');
    expect(output).toContain('err');
  });
  it('that runs past its time is ended, with status 124', async () => {
    const { status } = await runCommand(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
      timeoutSeconds: 0.2,
    });
    expect(status).toBe(124);
  });
  it('that does not exist has status 127', async () => {
    expect((await runCommand('counterpart-no-such-program', [], { quiet: true })).status).toBe(127);
  });
});

it('WebKit is driven where there are a driver and a screen for it, and not with one of the two', () => {
  const has = (/** @type {string[]} */ files) => (/** @type {string} */ file) => files.includes(file);
  const both = ['/b/WebKitWebDriver', '/b/Xvfb'];
  expect(findWebKit({ PATH: '/a:/b' }, has(both))).toEqual({ driver: '/b/WebKitWebDriver', screen: '/b/Xvfb' });
  for (const one of both) expect(findWebKit({ PATH: '/a:/b' }, has([one]))).toBeUndefined();
});
