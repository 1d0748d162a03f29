import { expect, it } from 'vitest';
import { GraphBuilder } from './builder';
import { multiplyAdds } from './count';
import { inferShapes } from './shapes';

it('counts the multiply-adds of convolutions, dense layers and products', () => {
  const g = new GraphBuilder('costs');
  const conv = g.conv(g.input('x', [1, 8, 8, 4]), 4, 6);
  const rows = g.node('reshape', [conv], { shape: [0, 64, 6] });
  const scores = g.node('matmul', [rows, rows], { transposeA: false, transposeB: true });
  g.output('y', g.dense(scores, 64, 3));
  const graph = g.build();
  expect(multiplyAdds(graph, inferShapes(graph))).toBe(64 * 6 * 9 * 4 + 64 * 64 * 6 + 64 * 64 * 3);
});
