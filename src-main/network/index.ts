export { combine, forwardComposite, singleNetwork, type Composite, type LinearPart } from './composite';
export { initialiseParameters } from './initialise';
export { outputsPerTarget, pointLoss } from './losses';
export {
  layerInputs,
  parameterCount,
  parameterLayout,
  requireParameterCount,
  selectOutputs,
  sliceParameters,
  type ParameterSlice,
} from './parameters';
export { deriveSeed, randomSource, type RandomSource } from './random';
export {
  forward,
  lossAndGradient,
  type ForwardPass,
  type LstmState,
  type LstmStep,
  type Numbers,
} from './reference';
export { statesAfterWindows } from './states';
export { traceLayer } from './trace';
