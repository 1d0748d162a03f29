/** A UNet in miniature with every kind of part that the denoiser has: time embedding, skips, gates and cross-attention. */

import type { Graph } from '../graph/schema';
import type { Tensor } from '../tensor';
import { GraphBuilder } from '../graph/builder';

const TOKENS = 5;

/** Inputs latent [1,size,size,4], time [1,1], tokens [1,5,width]; output velocity [1,size,size,4]. */
export function smallUnet(size = 16, width = 16): { graph: Graph; weights: Map<string, Tensor> } {
  const g = new GraphBuilder('small-unet');
  const latent = g.input('latent', [1, size, size, 4]);
  const time = g.input('time', [1, 1]);
  const tokens = g.input('tokens', [1, TOKENS, width]);

  const phase = g.dense(time, 1, width);
  const waves = g.node('concat', [g.node('sin', [phase], {}), g.node('cos', [phase], {})], { axis: -1 });
  const embedding = g.node('silu', [g.dense(waves, 2 * width, width)], {});
  const shift = g.node('reshape', [embedding], { shape: [0, 1, 1, width] });

  const top = block(g, g.conv(latent, 4, width), width, shift);
  const down = g.conv(top, width, width, { stride: 2 });
  const middle = attend(g, block(g, down, width, shift), tokens, size / 2, width);
  const up = g.node('upsampleNearest', [middle], { factor: 2 });
  const merged = g.conv(g.node('concat', [up, top], { axis: 3 }), 2 * width, width, { kernel: 1 });
  g.output('velocity', g.conv(block(g, merged, width, shift), width, 4));
  return { graph: g.build(), weights: g.weights };
}

/** x + conv(relu(conv(relu(norm(x) + shift)))) */
function block(g: GraphBuilder, x: string, width: number, shift: string): string {
  const normed = g.node('rmsNorm', [x, g.weight([width], 1)], { epsilon: 1e-6 });
  const first = g.node('relu', [g.conv(g.node('relu', [g.node('add', [normed, shift], {})], {}), width, width)], {});
  return g.node('add', [x, g.conv(first, width, width)], {});
}

/** Cells ask, tokens answer. */
function attend(g: GraphBuilder, x: string, tokens: string, size: number, width: number): string {
  const cells = g.node('reshape', [x], { shape: [0, size * size, width] });
  const query = g.node('affine', [g.dense(cells, width, width)], { scale: 1 / Math.sqrt(width), offset: 0 });
  const scores = g.node('matmul', [query, g.dense(tokens, width, width)], { transposeA: false, transposeB: true });
  const mixed = g.node('matmul', [g.node('softmax', [scores], {}), g.dense(tokens, width, width)], {
    transposeA: false,
    transposeB: false,
  });
  return g.node('add', [x, g.node('reshape', [mixed], { shape: [0, size, size, width] })], {});
}
