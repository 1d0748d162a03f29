/**
 * WebGPU in Node: Dawn (npm "webgpu") on a Vulkan driver. Without a driver of its own, such as in CI, it runs on SwiftShader, the
 * software driver that comes with Chromium. Dawn looks for libvulkan.so.1 beside itself, so a copy is put beside Chromium's.
 */

import { copyFileSync, existsSync, mkdirSync, readdirSync, realpathSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const FOLDERS = [
  '/usr/lib/chromium',
  '/usr/lib/chromium-browser',
  '/opt/google/chrome',
  '/snap/chromium/current/usr/lib/chromium-browser',
];
const ICD = 'vk_swiftshader_icd.json';

let opened: Promise<GPU | undefined> | undefined;

/** @returns undefined where no adapter can be had; `whyNoAdapter` then says so */
export function dawn(): Promise<GPU | undefined> {
  opened ??= open();
  return opened;
}

export const whyNoAdapter = 'neither a Vulkan driver nor a Chromium with SwiftShader was found';

async function open(): Promise<GPU | undefined> {
  const chromium = chromiumFolder();
  const addon = dawnAddon();
  if (!addon) return undefined;
  // Who names a driver gets it: Mesa's lavapipe, for one, has half arithmetic, which SwiftShader lacks.
  const driver = process.env['VK_ICD_FILENAMES'];
  const module = { exports: {} } as { exports: { create(options: string[]): GPU; globals: object } };
  if (chromium) {
    process.env['VK_ICD_FILENAMES'] = driver ?? join(chromium, ICD);
    process.dlopen(module, beside(addon, join(chromium, 'libvulkan.so.1')));
  } else process.dlopen(module, addon);
  Object.assign(globalThis, module.exports.globals);
  const gpu = module.exports.create([]);
  return (await gpu.requestAdapter()) ? gpu : undefined;
}

function chromiumFolder(): string | undefined {
  const asked = process.env['CHROMIUM_PATH'];
  const folders = asked && existsSync(asked) ? [dirname(realpathSync(asked)), ...FOLDERS] : FOLDERS;
  return folders.find((folder) => existsSync(join(folder, ICD)) && existsSync(join(folder, 'libvulkan.so.1')));
}

function dawnAddon(): string | undefined {
  const require = createRequire(import.meta.url);
  const dist = join(dirname(require.resolve('webgpu')), 'dist');
  const platform = process.platform === 'darwin' ? 'darwin-universal' : `${process.platform}-${process.arch}`;
  const addon = join(dist, platform, 'dawn.node');
  return existsSync(addon) ? addon : undefined;
}

/** A folder that holds the add-on (a copy: a link would be followed back) and a link to the Vulkan loader. */
function beside(addon: string, vulkan: string): string {
  const folder = join(dirname(addon), '../../../.cache/counterpart-dawn', String(statSync(addon).size));
  mkdirSync(folder, { recursive: true });
  const files = readdirSync(folder);
  if (!files.includes('libvulkan.so.1')) symlinkSync(vulkan, join(folder, 'libvulkan.so.1'));
  const copy = join(folder, 'dawn.node');
  if (!existsSync(copy) || statSync(copy).size !== statSync(addon).size) copyFileSync(addon, copy);
  return copy;
}
