import { Problem, toProblem } from '../contract/problems';
import {
  requestSchemas,
  type RequestInput,
  type RequestName,
  type RequestOutputs,
  type Result,
} from '../contract/requests';
import { causeOfIssues } from '../contract/schema-cause';

/** One handler for each request: input already parsed, output or a thrown Problem. */
export type Handlers = {
  readonly [N in RequestName]: (input: RequestInput<N>) => Promise<RequestOutputs[N]> | RequestOutputs[N];
};

/** Parses, handles, and wraps whatever comes of it: nothing thrown crosses to the window raw. */
export async function answer<N extends RequestName>(
  name: N,
  handlers: Handlers,
  input: unknown,
): Promise<Result<RequestOutputs[N]>> {
  try {
    const parsed = requestSchemas[name].safeParse(input);
    if (!parsed.success) {
      throw new Problem('request-invalid', { request: name, cause: causeOfIssues(parsed.error.issues) });
    }
    return { ok: true, value: await handlers[name](parsed.data as RequestInput<N>) };
  } catch (error) {
    return { ok: false, problem: toProblem(error).toData() };
  }
}
