import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A public key of this machine's user. */
export interface PublicKey {
  /** `id_ed25519.pub` */
  readonly file: string;
  /** `ssh-ed25519` */
  readonly type: string;
  readonly comment: string;
  /** As authorized_keys takes it. */
  readonly line: string;
}

/** The public keys of a user's ~/.ssh; none when there is no such folder. */
export async function readPublicKeys(home: string): Promise<readonly PublicKey[]> {
  const folder = join(home, '.ssh');
  const files = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.pub')).sort();
  const keys = files.map(async (file) =>
    parsePublicKey(file, await readFile(join(folder, file), 'utf8').catch(() => '')),
  );
  return (await Promise.all(keys)).filter((key) => key !== undefined);
}

/** undefined for what is no public key, such as a certificate: those are for CAs. */
export function parsePublicKey(file: string, text: string): PublicKey | undefined {
  const [, type, key, comment = ''] =
    /^((?:ssh|ecdsa|sk-ssh|sk-ecdsa)-[a-z0-9@.-]+) +([A-Za-z0-9+/]+={0,3})(?: +([^\r\n]*))?$/m.exec(
      text.trim(),
    ) ?? [];
  if (type === undefined || key === undefined || type.includes('-cert-')) return undefined;
  return { file, type, comment, line: [type, key, comment].filter((part) => part !== '').join(' ') };
}
