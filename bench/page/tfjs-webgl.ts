/** tfjs on WebGL: the same kernels as tfjs' others, on the backend that browsers without WebGPU have. */

import '@tensorflow/tfjs-backend-webgl';
import { enableProdMode, getBackend, memory, setBackend } from '@tensorflow/tfjs-core';
import type { BackendName, Executor } from '../../src/engine';
import type { Backend } from '../../src/engine/tfjs/backends/backend';
import { TfjsNetwork } from '../../src/engine/tfjs/network';

export async function tfjsWebgl(): Promise<Executor> {
  enableProdMode();
  if (!(await setBackend('webgl')) || getBackend() !== 'webgl') throw new Error('WebGL cannot be used here');
  const device = rendererName();
  const backend: Backend = {
    // The studio knows two backends; tfjs knows this one too.
    name: 'webgl' as BackendName,
    device,
    limits: { totalBytes: Number.POSITIVE_INFINITY, tensorBytes: Number.POSITIVE_INFINITY },
    lost: new Promise(() => undefined),
    watch: async (submit) => {
      await submit();
      return undefined;
    },
    stop: () => undefined,
  };
  return {
    backend: 'webgpu',
    kernels: 'tfjs',
    device,
    load: (graph, weights) => Promise.resolve(new TfjsNetwork(graph, weights, backend, () => undefined)),
    memory: () => ({ tensors: memory().numTensors, bytes: memory().numBytes }),
    dispose: () => Promise.resolve(),
  };
}

function rendererName(): string {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  const extension = gl?.getExtension('WEBGL_debug_renderer_info');
  const name: unknown = gl && extension && gl.getParameter(extension.UNMASKED_RENDERER_WEBGL);
  return typeof name === 'string' ? name : 'WebGL';
}
