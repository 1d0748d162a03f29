import { describe, expect, it } from 'vitest';
import { missingFiles } from './foreign-files';

describe('files of the other libraries', () => {
  const has =
    (...files: string[]) =>
    (path: string) =>
      files.some((file) => path.endsWith(file));

  it('says in one line for each library what is missing and how to make it', () => {
    const lines = missingFiles(
      'build',
      ['wgsl', 'onnxruntime-web-webgpu', 'litert-wasm'],
      ['decoder', 'denoiser'],
      has('onnx/decoder.onnx'),
    );
    expect(lines).toEqual([
      expect.stringMatching(
        /^onnxruntime-web lacks its files of denoiser,.*training export --onnx-only denoiser$/,
      ) as string,
      expect.stringMatching(/^litert lacks its files of decoder, denoiser,.*tflite\.py decoder denoiser$/) as string,
    ]);
  });

  it('says nothing of a library that is not asked for', () => {
    expect(missingFiles('build', ['wgsl', 'tfjs-wasm'], ['decoder'], () => false)).toEqual([]);
  });
});
