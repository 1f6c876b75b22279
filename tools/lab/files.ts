import { access } from 'node:fs/promises';
import { join } from 'node:path';

const repository = join(import.meta.dirname, '../..');

/** Where a lab is kept when nobody says otherwise. */
export const defaultLabFolder = join(repository, '.lab');

/** What is made once and used by every lab. */
export const cacheFolder = join(repository, 'node_modules/.cache/lab');

export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
