/**
 * tfjs' WebGPU backend with the kernels that our op set calls (../kernels), and none of the hundred others that its package
 * registers: a third of its size.
 */

import { registerKernel } from '@tensorflow/tfjs-core';
import { addConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Add';
import { avgPoolConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/AvgPool';
import { batchMatMulConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/BatchMatMul';
import { castConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Cast';
import { concatConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Concat';
import { conv2DConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Conv2D';
import { cosConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Cos';
import { depthToSpaceConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/DepthToSpace';
import { expConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Exp';
import { fusedConv2DConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/FusedConv2D';
import { _fusedMatMulConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/_FusedMatMul';
import { identityConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Identity';
import { logConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Log';
import { maxPoolConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/MaxPool';
import { meanConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Mean';
import { multiplyConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Multiply';
import { reluConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Relu';
import { reshapeConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Reshape';
import { resizeNearestNeighborConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/ResizeNearestNeighbor';
import { rsqrtConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Rsqrt';
import { sigmoidConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Sigmoid';
import { sinConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Sin';
import { sliceConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Slice';
import { softmaxConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Softmax';
import { squareConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Square';
import { subConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Sub';
import { sumConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Sum';
import { tanhConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Tanh';
import { transposeConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Transpose';

export { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/base';

const KERNELS = [
  addConfig,
  avgPoolConfig,
  batchMatMulConfig,
  castConfig,
  concatConfig,
  conv2DConfig,
  cosConfig,
  depthToSpaceConfig,
  expConfig,
  fusedConv2DConfig,
  _fusedMatMulConfig,
  identityConfig,
  logConfig,
  maxPoolConfig,
  meanConfig,
  multiplyConfig,
  reluConfig,
  reshapeConfig,
  resizeNearestNeighborConfig,
  rsqrtConfig,
  sigmoidConfig,
  sinConfig,
  sliceConfig,
  softmaxConfig,
  squareConfig,
  subConfig,
  sumConfig,
  tanhConfig,
  transposeConfig,
];

for (const kernel of KERNELS) registerKernel(kernel);
