export type { TrainingEnd } from '../training/training-end';
export { deviceEnvironment, forkTrainer } from './processes/trainer-process';
