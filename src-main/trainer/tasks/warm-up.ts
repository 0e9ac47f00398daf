import { presetSettings } from '../../contract/settings';
import type { Series } from '../../contract/series';
import { describeMachine, loadNative, type TrainingPlan } from '../../engine';
import { initialiseParameters } from '../../network';
import { prepare } from '../../series';
import { makePlan } from '../../training/plan';

/** Days: enough for a window and every part. */
const ROWS = 400;
const SECONDS_PER_DAY = 86_400;

/**
 * What a waiting process does before it knows its job: it loads the library, and prepares made-up readings, for
 * which the code is compiled that prepares the real ones (25 ms of those to a first epoch on a slow machine).
 */
export function warmUp(): void {
  try {
    // TensorFlow's own kernels read settings that depend on the job when the library loads.
    if (describeMachine().kernels === 'own') loadNative();
    planStandIn();
  } catch {
    // The training that needs it will say so.
  }
}

/** All that comes before a session. */
export function planStandIn(): TrainingPlan {
  const settings = presetSettings('recommended');
  const plan = makePlan(settings, prepare(standIn(), settings));
  initialiseParameters(plan.network, { scheme: settings.initialisation, seed: settings.seed });
  return plan;
}

function standIn(): Series {
  const variable = {
    name: 'temperature',
    quantity: 'temperature',
    unit: '°C',
    values: Float32Array.from({ length: ROWS }, (_, row) => row % 7),
    filled: new Uint8Array(ROWS),
  } as const;
  return {
    time: Float64Array.from({ length: ROWS }, (_, row) => row * SECONDS_PER_DAY * 1000),
    step: { seconds: SECONDS_PER_DAY, label: 'daily' },
    variables: [variable],
    inputs: [0],
    target: 0,
    alsoTargets: [],
  };
}
