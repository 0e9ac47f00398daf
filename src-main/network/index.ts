export { combine, forwardComposite, singleNetwork, type Composite, type LinearPart } from './composite';
export { concatenate } from './concatenate';
export { initialiseParameters } from './initialise';
export { outputsPerTarget, pointLoss } from './losses';
export {
  layerInputs,
  parameterCount,
  parameterLayout,
  selectOutputs,
  type ParameterSlice,
} from './parameters';
export { deriveSeed, randomSource, type RandomSource } from './random';
export { forward, lossAndGradient, type Numbers } from './reference';
export { statesAfterWindows } from './states';
export { traceLayer } from './trace';
