import { Problem } from '../../src-main/contract/problems';
import type {
  EventName,
  EventPayloads,
  RequestInput,
  RequestName,
  RequestOutputs,
  Result,
} from '../../src-main/contract/requests';

/**
 * Asks the main process and gives its answer; throws the `Problem` that it answers with. Inputs must be plain data
 * (`$state.snapshot` first).
 */
export async function request<N extends RequestName>(
  name: N,
  ...input: RequestInput<N> extends undefined ? [] : [RequestInput<N>]
): Promise<RequestOutputs[N]> {
  const method = window.hindcast[name] as (value?: unknown) => Promise<Result<RequestOutputs[N]>>;
  const result = await method(input[0]);
  if (!result.ok) throw Problem.from(result.problem);
  return result.value;
}

/** Listens to what the main process tells unasked; call what it returns to stop. */
export function listen<N extends EventName>(
  name: N,
  listener: (payload: EventPayloads[N]) => void,
): () => void {
  return window.hindcast.on(name, listener);
}

/** The path of a file dropped on the window; '' where the system gives none. */
export function pathOfFile(file: File): string {
  return window.hindcast.pathOfFile(file);
}
