import { randomBytes } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { hashName } from './knownHosts.ts';
import { keyTypeOf } from './hostKey.ts';

/**
 * Adds a line to a known_hosts file, which is made when it is missing: readable by its owner only. The line is
 * written at once at the end of the file, so that nothing another program adds at the same time is lost.
 */
export async function addHostKey(file: string, name: string, key: Buffer, hashed: boolean): Promise<void> {
  await makeFolder(dirname(file));
  const line = `${hashed ? hiddenName(name) : name} ${keyTypeOf(key)} ${key.toString('base64')}\n`;
  const handle = await open(file, 'a+', 0o600);
  try {
    const { size } = await handle.stat();
    const last = Buffer.alloc(1);
    if (size > 0) await handle.read(last, 0, 1, size - 1);
    const unfinished = size > 0 && last.toString() !== '\n';
    await handle.appendFile(unfinished ? `\n${line}` : line);
  } finally {
    await handle.close();
  }
}

/** Makes ~/.ssh or the like, but no folders above it. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function hiddenName(name: string): string {
  const salt = randomBytes(20);
  return `|1|${salt.toString('base64')}|${hashName(name, salt)}`;
}
