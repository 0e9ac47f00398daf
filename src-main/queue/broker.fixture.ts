import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../processes/free-port';
import { PostgresServer } from './postgres-server';

/** A broker for tests, in a folder of its own. */
export class TestBroker {
  readonly folder: string;
  readonly port: number;
  readonly listen: string | null;
  /** What PostgreSQL has said. */
  readonly log: string[];
  server: PostgresServer;

  private constructor({ folder, port, listen, log }: Place, server: PostgresServer) {
    this.folder = folder;
    this.port = port;
    this.listen = listen;
    this.log = log;
    this.server = server;
  }

  /** @param listen as of a server */
  static async start(listen: string | null = null): Promise<TestBroker> {
    const folder = await mkdtemp(join(tmpdir(), 'hindcast-queue-'));
    // Where root runs this, PostgreSQL is another user's, who must come by.
    await chmod(folder, 0o711);
    const port = await freePort();
    const log: string[] = [];
    return new TestBroker({ folder, port, listen, log }, await serverIn({ folder, port, listen, log }));
  }

  async restart(): Promise<void> {
    await this.server.stop();
    this.server = await serverIn(this);
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

type Place = Pick<TestBroker, 'folder' | 'port' | 'listen' | 'log'>;

const serverIn = ({ folder, port, listen, log }: Place): Promise<PostgresServer> =>
  PostgresServer.start({ folder: join(folder, 'broker'), port, listen, onLog: (line) => log.push(line) });
