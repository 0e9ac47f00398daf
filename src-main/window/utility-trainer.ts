import { utilityProcess } from 'electron';
import type { DeviceChoice } from '../contract/device';
import { deviceEnvironment, type TrainerProcess } from '../training/trainer-process';

/** What the trainer may see of our environment: its own settings and what the loader of libraries needs. */
function trainerEnvironment(): Record<string, string> {
  const passed =
    /^(PATH|HOME|LANG|LC_.*|TMP|TEMP|TMPDIR|SYSTEMROOT|LD_LIBRARY_PATH|DYLD_.*|CUDA_.*|TF_.*|HINDCAST_.*)$/i;
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && passed.test(entry[0]),
  );
  return { ...Object.fromEntries(entries), TF_CPP_MIN_LOG_LEVEL: '2' };
}

/** A trainer in a utility process of its own: a native fault ends that process, never the window. */
export function startUtilityTrainer(entry: string, device: DeviceChoice): TrainerProcess {
  const child = utilityProcess.fork(entry, [], {
    serviceName: 'Hindcast trainer',
    env: { ...trainerEnvironment(), ...deviceEnvironment(device) },
    stdio: 'ignore',
  });
  // Messages posted before the process has started are kept by Electron and delivered in order.
  return {
    get pid() {
      return child.pid;
    },
    send: (message) => child.postMessage(message),
    onMessage(listener) {
      child.on('message', listener);
      return () => child.off('message', listener);
    },
    onExit(listener) {
      // Electron gives a process that was killed from outside the code 0, as if it had ended by itself.
      const tell = (code: number): void =>
        listener(code === 0 ? 'another program or the system ended it' : `exit code ${code}`);
      child.on('exit', tell);
      return () => child.off('exit', tell);
    },
    kill: () => void child.kill(),
  };
}
