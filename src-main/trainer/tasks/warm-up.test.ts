import { expect, test } from 'vitest';
import { planStandIn } from './warm-up';

test('a waiting process has readings that a training can be planned for', () => {
  const { network, trainingWindows } = planStandIn();
  expect(network.outputs).toBeGreaterThan(0);
  expect(trainingWindows).toBeGreaterThan(100);
});
