import { join } from 'node:path';
import { safeStorage } from 'electron';
import { z } from 'zod';
import { phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import { writeAtomically } from '../files/atomic';
import { readJson } from '../files/bounded';
import { Turns } from '../files/turns';

const MOST_BYTES = 1024 * 1024;
const FOR_OWNER = 0o600;
const secretsSchema = z.strictObject({
  format: z.literal('hindcast-secrets'),
  version: z.literal(1),
  /** What only the system's key store can read, in base 64, by what it is for. */
  secrets: z.record(z.string().max(600), z.string().max(8000)),
});

/**
 * Passwords, encrypted with a key that lies in the system's key store (Keychain, DPAPI, libsecret or KWallet). Where there
 * is none, nothing is kept.
 */
export class Secrets {
  readonly #path: string;
  readonly #saving = new Turns();

  constructor(folder: string) {
    this.#path = join(folder, 'secrets.json');
  }

  /** null where none is kept, or the key store does not open it. */
  async read(what: string): Promise<string | null> {
    const kept = (await this.#load())[what];
    if (kept === undefined || !hasKeyStore()) return null;
    try {
      return safeStorage.decryptString(Buffer.from(kept, 'base64'));
    } catch {
      return null;
    }
  }

  /** @throws Problem 'no-key-store', 'cannot-write' */
  keep(what: string, secret: string): Promise<void> {
    return this.#saving.take(async () => {
      if (!hasKeyStore()) throw new Problem('no-key-store');
      const secrets = await this.#load();
      const encrypted = safeStorage.encryptString(secret).toString('base64');
      await this.#write({ ...secrets, [what]: encrypted });
    });
  }

  /** @param secret null: what was kept goes. @returns false where the system has no key store to keep it in. @throws Problem 'cannot-write' */
  async keepIfPossible(what: string, secret: string | null): Promise<boolean> {
    await this.#forget(what);
    if (secret === null) return true;
    if (!hasKeyStore()) return false;
    await this.keep(what, secret);
    return true;
  }

  #forget(what: string): Promise<void> {
    return this.#saving.take(async () => {
      const { [what]: kept, ...secrets } = await this.#load();
      if (kept !== undefined) await this.#write(secrets);
    });
  }

  #write(secrets: Readonly<Record<string, string>>): Promise<void> {
    const content = JSON.stringify({ format: 'hindcast-secrets', version: 1, secrets });
    return writeAtomically(this.#path, content, FOR_OWNER);
  }

  async #load(): Promise<Readonly<Record<string, string>>> {
    const damaged = (): Problem => new Problem('unexpected', { cause: phrase('not-json') });
    return readJson(this.#path, secretsSchema, MOST_BYTES, damaged).then(
      ({ secrets }) => secrets,
      () => ({}),
    );
  }
}

/** On Linux Electron has a key of its own for all where there is no store: that keeps no secret. */
function hasKeyStore(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  const { getSelectedStorageBackend } = safeStorage as Partial<typeof safeStorage>;
  return process.platform !== 'linux' || getSelectedStorageBackend?.call(safeStorage) !== 'basic_text';
}
