import { Problem, toProblem } from '../contract/problems';
import {
  requestSchemas,
  type RequestInput,
  type RequestName,
  type RequestOutputs,
  type Result,
} from '../contract/requests';

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
      const issue = parsed.error.issues[0];
      const cause = issue === undefined ? 'unknown form' : `${issue.path.join('.')}: ${issue.message}`;
      throw new Problem('request-invalid', { request: name, cause });
    }
    return { ok: true, value: await handlers[name](parsed.data as RequestInput<N>) };
  } catch (error) {
    return { ok: false, problem: toProblem(error).toData() };
  }
}
