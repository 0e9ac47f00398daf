import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Problem } from '../contract/problems';
import { parseBrokerAddress, readBrokerAddress } from './broker-address';

const ADDRESS = 'postgres://hindcast:s3cr%40t@club.example:5433/hindcast';

describe('the address of a broker', () => {
  it('says where it is and how one gets in', async () => {
    expect(await parseBrokerAddress(ADDRESS)).toEqual({
      place: 'club.example:5433',
      login: {
        host: 'club.example',
        port: 5433,
        user: 'hindcast',
        password: 's3cr@t',
        database: 'hindcast',
        ssl: false,
      },
    });
    const { login, place } = await parseBrokerAddress('postgresql://a:b@[::1]/c?sslmode=verify-full');
    expect([login.host, login.port, login.ssl, place]).toEqual(['::1', 5432, {}, '[::1]:5432']);
    expect((await parseBrokerAddress(`${ADDRESS}?sslmode=require`)).login.ssl).toEqual({
      rejectUnauthorized: false,
    });
  });

  it.each([
    ['', 'begins with postgres://'],
    ['mysql://a:b@c/d', 'begins with postgres://'],
    ['postgres://club.example/hindcast', 'begins with postgres://'],
    ['postgres://a:s3cret@c', 'begins with postgres://'],
    ['postgres://a:s3cret@c/d/e', 'begins with postgres://'],
    ['postgres://a:s3cret%@c/d', 'begins with postgres://'],
    [`postgres://a:s3cret@c/${'d'.repeat(3000)}`, 'begins with postgres://'],
    ['postgres://a:s3cret@c/d?sslmode=perhaps', 'sslmode is “perhaps”'],
    ['postgres://a:s3cret@c/d?options=-c%20x', 'option “options”'],
    ['postgres://a:s3cret@c/d?host=elsewhere', 'option “host”'],
  ])('“%s” is refused, and the password is not repeated', async (text, cause) => {
    const refused = await parseBrokerAddress(text).catch((error: unknown) => error as Problem);
    expect(refused).toBeInstanceOf(Problem);
    expect((refused as Problem).message).toContain(cause);
    expect((refused as Problem).stack).not.toContain('s3cret');
  });

  it('may stand in a file that nobody else may read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hindcast-address-'));
    const file = join(folder, 'address.txt');
    await writeFile(file, `${ADDRESS}\n`, { mode: 0o600 });
    expect((await readBrokerAddress(file)).login.password).toBe('s3cr@t');
    await chmod(file, 0o644);
    await expect(readBrokerAddress(file)).rejects.toThrow('others may read');
    await expect(readBrokerAddress(join(folder, 'no.txt'))).rejects.toMatchObject({ code: 'broker-invalid' });
    await rm(folder, { recursive: true });
  });
});
