import { afterEach, describe, expect, it } from 'vitest';
import { DataType, GraphBuilder } from './graph-builder';
import { GraphSession } from './graph-session';
import { buildDropoutMasks } from './lstm';
import { countNativeObjects } from './native';

const NETWORK = { inputs: 2, hidden: 50, layers: 3, outputs: 1 };
const [window, batch] = [10, 20];

function maskSession(rate: number): GraphSession {
  const graph = new GraphBuilder();
  const seed = graph.placeholder('seed', DataType.int32, [2]);
  const masks = buildDropoutMasks(graph, { network: NETWORK, window, batch }, rate, seed);
  masks.forEach((mask, gap) => graph.unary('Identity', mask, { name: `mask_${gap}` }));
  return new GraphSession(graph.nodes);
}

function drawMasks(session: GraphSession, seed: readonly [number, number]): Float32Array[] {
  return session.run([{ node: 'seed', shape: [2], values: Int32Array.from(seed) }], ['mask_0', 'mask_1']);
}

const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('dropout masks', () => {
  let session: GraphSession;
  afterEach(() => {
    session.close();
    expect(countNativeObjects()).toEqual({ tensors: 0, sessions: 0 });
  });

  it.each([0.1, 0.5, 0.8])('drop a share of %s and scale the rest so that the mean stays', (rate) => {
    session = maskSession(rate);
    for (const mask of drawMasks(session, [123, 0])) {
      expect(mask).toHaveLength(window * batch * NETWORK.hidden);
      expect(new Set(mask)).toEqual(new Set([0, Math.fround(1 / (1 - rate))]));
      const dropped = mask.filter((value) => value === 0).length / mask.length;
      // Four standard deviations of a share of 10,000 draws.
      expect(Math.abs(dropped - rate)).toBeLessThan(4 * Math.sqrt((rate * (1 - rate)) / mask.length));
      expect(mean(mask)).toBeCloseTo(1, 0);
    }
  });

  it('repeat with the seed, and differ between gaps, steps and seeds', () => {
    session = maskSession(0.5);
    const drawn = drawMasks(session, [1, 0]);
    expect(drawMasks(session, [1, 0])).toEqual(drawn);
    const all = [...drawn, ...drawMasks(session, [1, 2]), ...drawMasks(session, [2, 0])];
    expect(new Set(all.map((mask) => mask.join())).size).toBe(6);
  });
});
