export type { TrainingEnd } from '../training/training-end';
export { deviceEnvironment, forkTrainer, type TrainerProcess } from './processes/trainer-process';
