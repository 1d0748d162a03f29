// @vitest-environment node
import { afterEach, describe, expect, it, vi } from 'vitest';
import { gpuExecutor } from './gpu';

describe('a GPU on the command line', () => {
  afterEach(() => {
    vi.doUnmock('webgpu');
    vi.resetModules();
  });

  it('is named where there is no adapter, with what to do', async () => {
    vi.doMock('webgpu', () => ({ globals: {}, create: () => ({ requestAdapter: () => Promise.resolve(null) }) }));
    await expect(gpuExecutor()).rejects.toMatchObject({
      code: 'gpu-missing',
      message: 'No GPU can be used: WebGPU found no graphics adapter.',
      advice: expect.stringContaining('leave out --gpu') as string,
    });
  });

  it('wants a package, which is named where it is missing', async () => {
    vi.doMock('webgpu', () => {
      throw new Error('Cannot find package');
    });
    await expect(gpuExecutor()).rejects.toMatchObject({
      code: 'gpu-package-missing',
      advice: expect.stringContaining('npm install webgpu') as string,
    });
  });
});
