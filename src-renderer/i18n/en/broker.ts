export const broker = {
  title: 'Where it is trained',
  none: 'On this machine. With the address of a broker the stations are trained by its workers, on as many machines as there are; the numbers are the same.',
  address: 'Address of the broker',
  addressHelp:
    'As “hindcast broker” prints it: postgres://… It holds a password, and is kept in the key store of your system.',
  use: 'Use this broker',
  leave: 'Work on this machine',
  tryAgain: 'Try again',
  notKept: 'Your system has no key store, so the address is forgotten when Hindcast ends.',
  connecting: (place: string) => `Looking for the broker at ${place}`,
  reached: (place: string) => `By the workers of the broker at ${place}.`,
  away: (place: string) =>
    `The broker at ${place} is away. Meanwhile this machine trains stations that are not done; what workers have begun is handed in when the broker is back. Nothing is lost, nothing counts twice, and the numbers are the same.`,
  nobody:
    'No worker that could do this work is there. It waits until one comes: start “hindcast worker” on a machine.',
  subjects: { trials: 'The trials', networks: 'The networks' },
  trainedThere: (subject: string, place: string) =>
    `${subject} are trained by the workers of the broker at ${place}.`,
  trainedHere: (subject: string) => `${subject} are trained on this machine.`,
  unreached: (subject: string, place: string) =>
    `${subject} are trained on this machine, since the broker at ${place} cannot be reached. The numbers are the same.`,
  withoutWorker: (subject: string, place: string) =>
    `${subject} are trained on this machine, since the broker at ${place} has no worker that could do it. The numbers are the same.`,
  workers: 'Workers',
  name: 'Worker',
  version: 'Hindcast (kernels)',
  device: 'Device',
  doing: 'At work',
  perMinute: 'Jobs a minute',
  takesNothing: 'another version: takes none of this work',
  waits: 'waits for work',
  begins: 'begins',
};
