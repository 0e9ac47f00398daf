export { predictWithLayersModel } from './layers-model';
export { chooseExecution, chooseThreads, type Execution } from './execution';
export {
  configureThreads,
  describeDevice,
  describeMachine,
  loadNative,
  type DeviceDescription,
} from './native';
export { TrainingSession, type TrainingData, type TrainingPlan } from './session';
