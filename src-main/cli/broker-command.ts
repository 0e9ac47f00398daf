import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { Problem } from '../contract/problems';
import { phrase } from '../contract/phrases';
import { PostgresServer } from '../queue';
import { requireOperands, UsageError, type Arguments } from './arguments';
import { usualBrokerFolder } from './broker-options';
import { JSON_OPTION, type Command } from './command';

/** Beside the usual one of PostgreSQL, which may be there already. */
const USUAL_PORT = 5433;
const MOST_PORT = 65_535;

export const brokerCommand: Command = {
  name: 'broker',
  synopsis: '[--listen ADDRESS] [--port N] [--data DIR]',
  summary:
    'Starts a broker, by which several machines share the work of fleets: a PostgreSQL with a password of its own, which comes with Hindcast. In a terminal it prints the address that workers and fleets are given, once; it is also kept in a file. Control-C ends it; started again it goes on where it was. Without TLS of its own it belongs in a network that you trust; a PostgreSQL server with TLS does as well as it.',
  options: {
    listen: {
      value: 'ADDRESS',
      help: 'the IP address of this machine at which others reach it (0.0.0.0: all); this machine alone if left out',
    },
    port: { value: 'N', help: `${USUAL_PORT} if left out` },
    data: {
      value: 'DIR',
      help: 'where it keeps its data and its password; a folder for it in your data if left out',
    },
    ...JSON_OPTION,
  },
  async run({ args, terminal, signal }) {
    requireOperands(args, []);
    const server = await PostgresServer.start({
      folder: resolve(args.text('data') ?? usualBrokerFolder()),
      port: parsePort(args),
      listen: parseListen(args),
      onLog: (line) => {
        if (args.has('verbose')) terminal.log(`[postgres] ${line}`);
      },
    });
    const { address, addressFile } = server;
    // What is no terminal may be a journal, which keeps what it is told.
    if (process.stdout.isTTY && !args.has('json')) terminal.say(`Its address, with the password: ${address}`);
    terminal.say(`The broker is ready. Its address is in ${addressFile}, which you alone may read`);
    terminal.result({ address, addressFile });
    const interrupted = new Promise<'interrupted'>((end) => {
      if (signal.aborted) end('interrupted');
      else signal.addEventListener('abort', () => end('interrupted'), { once: true });
    });
    const end = await Promise.race([interrupted, server.ended]);
    await server.stop();
    if (end !== 'interrupted' && !signal.aborted)
      throw new Problem('broker-not-started', { cause: phrase('server-ended') });
  },
};

/** @throws UsageError */
function parsePort(args: Arguments): number {
  const text = args.text('port');
  if (text === undefined) return USUAL_PORT;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > MOST_PORT)
    throw new UsageError(`--port is “${text}”, not a whole number from 1 to ${MOST_PORT}`);
  return port;
}

/** @throws UsageError */
function parseListen(args: Arguments): string | null {
  const text = args.text('listen');
  if (text === undefined) return null;
  if (isIP(text) === 0) throw new UsageError(`--listen is “${text}”, not an IP address`);
  return text;
}
