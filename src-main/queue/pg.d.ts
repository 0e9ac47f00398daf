/** As much of node-postgres as is used here; it comes without types. */
declare module 'pg' {
  export interface QueryResult {
    // What a column holds is the caller's to parse.
    readonly rows: readonly Readonly<Record<string, unknown>>[];
    readonly rowCount: number | null;
  }

  export interface Queryable {
    query(text: string, values?: readonly unknown[]): Promise<QueryResult>;
  }

  export interface PoolClient extends Queryable {
    /** Back to the pool, or out of it. */
    release(destroy?: boolean): void;
    on(event: 'error', listener: (error: Error) => void): this;
  }

  export interface PoolConfig {
    readonly host?: string;
    readonly port?: number;
    readonly user?: string;
    readonly password?: string;
    readonly database?: string;
    readonly ssl?: boolean | Readonly<Record<string, unknown>>;
    readonly max?: number;
    readonly options?: string;
    readonly application_name?: string;
    readonly keepAlive?: boolean;
    readonly keepAliveInitialDelayMillis?: number;
    readonly connectionTimeoutMillis?: number;
    readonly query_timeout?: number;
  }

  export class Pool implements Queryable {
    constructor(config: PoolConfig);
    connect(): Promise<PoolClient>;
    query(text: string, values?: readonly unknown[]): Promise<QueryResult>;
    end(): Promise<void>;
    on(event: 'error', listener: (error: Error) => void): this;
    on(event: 'connect', listener: (client: PoolClient) => void): this;
  }
}
