export { predictWithLayersModel } from './layers-model';
export { chooseExecution, chooseThreads, type Execution, type Workload } from './execution';
export {
  configureThreads,
  countNativeObjects,
  describeDevice,
  describeMachine,
  loadNative,
  type DeviceDescription,
  type Kernels,
  type Machine,
  type ThreadSettings,
} from './native';
export {
  TrainingSession,
  type TrainingData,
  type TrainingPlan,
  type TrainingState,
  type TrainOptions,
} from './session';
