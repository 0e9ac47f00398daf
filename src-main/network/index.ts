export { columnsAt, headOutputs, isSeenAt, layRows, rowsRead, rowWidth } from './ahead';
export { combine, forwardComposite, singleNetwork, type Composite, type LinearPart } from './composite';
export { concatenate } from './concatenate';
export { initialiseParameters } from './initialise';
export { outputsPerTarget, pointLoss } from './losses';
export type { Numbers } from './numbers';
export {
  layerInputs,
  parameterCount,
  parameterLayout,
  selectOutputs,
  sliceParameters,
  type ParameterSlice,
} from './parameters';
export { deriveSeed, randomSource, type RandomSource } from './random';
export { forward, lossAndGradient } from './reference';
export { statesAfterWindows } from './states';
export { traceLayer } from './trace';
