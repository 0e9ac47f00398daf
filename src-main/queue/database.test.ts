import { describe, expect, it } from 'vitest';
import { brokerProblem, isConnectionLost } from './database';

const withCode = (code: string, message = ''): Error => Object.assign(new Error(message), { code });

describe('an error of the way to a broker', () => {
  // As node-postgres and PostgreSQL say them.
  it.each([
    new Error('Connection terminated unexpectedly'),
    new Error('Connection terminated due to connection timeout'),
    new Error('Client has encountered a connection error and is not queryable'),
    new Error('Client was closed and is not queryable'),
    new Error('Connection is closed.'),
    new Error('timeout exceeded when trying to connect'),
    new Error('timeout expired'),
    new Error('Query read timeout'),
    new AggregateError([withCode('ECONNREFUSED'), withCode('ECONNREFUSED')]),
    withCode('ECONNRESET'),
    withCode('57P01', 'terminating connection due to administrator command'),
    withCode('57P03', 'the database system is starting up'),
    withCode('53300', 'sorry, too many clients already'),
    withCode('40P01', 'deadlock detected'),
  ])('is waited for where it passes: %s', (error) => {
    expect(isConnectionLost(error)).toBe(true);
  });

  it.each([
    new Error('Cannot use a pool after calling end on the pool'),
    new TypeError('connection.query is not a function'),
    withCode('28P01', 'password authentication failed for user "hindcast"'),
    withCode('42P01', 'relation "hindcast.content" does not exist'),
    'Connection terminated',
  ])('is told where it stays: %s', (error) => {
    expect(isConnectionLost(error)).toBe(false);
  });

  it.each([
    ['broker-refused', withCode('28P01', 'password authentication failed')],
    ['TLS', withCode('28000', 'no pg_hba.conf entry for host "::1", user "a", database "b", no encryption')],
    ['TLS', withCode('UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify the first certificate')],
    ['TLS', withCode('SELF_SIGNED_CERT_IN_CHAIN', 'self-signed certificate in certificate chain')],
    ['TLS', new Error('The server does not support SSL connections')],
    ['nothing answers there', new AggregateError([withCode('ECONNREFUSED')])],
    ['disk on fire', new Error('disk on fire')],
  ])('is told by what is wrong: %s', (said, error) => {
    const { code, message } = brokerProblem('club.example:5433', error);
    expect(`${code} ${message}`).toContain(said);
    expect(message).toContain('club.example:5433');
  });
});
