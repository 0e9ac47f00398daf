export { predictWithLayersModel, predictWithSavedModel } from './layers-model';
export type { TrainingPlan } from './graph-plan';
export { chooseExecution, chooseThreads, type Execution } from './execution';
export {
  configureThreads,
  describeDevice,
  describeMachine,
  loadNative,
  type DeviceDescription,
} from './native';
export { TrainingSession, type TrainingData } from './session';
