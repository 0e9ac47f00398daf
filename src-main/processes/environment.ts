/**
 * What steers TensorFlow, our own kernels and the command line's helpers, for those who work on Hindcast: in an installed
 * Hindcast it does nothing. `HINDCAST_USER_DATA` alone is for everybody; it is read where the user's folder is chosen.
 */
const FOR_DEVELOPMENT = /^(TF_.*|HINDCAST_.*)$/i;

export const isForDevelopment = (variable: string): boolean => FOR_DEVELOPMENT.test(variable);

/** Takes such variables out of an environment, this process's own where no other is given. */
export function forgetDevelopment(environment: NodeJS.ProcessEnv = process.env): void {
  for (const name of Object.keys(environment)) if (isForDevelopment(name)) delete environment[name];
}
