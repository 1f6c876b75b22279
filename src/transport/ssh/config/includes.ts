import { readdir, stat } from 'node:fs/promises';
import { isAbsolute, join, parse, sep } from 'node:path';
import { expandTilde } from './tokens.ts';

/** The files that one argument of `Include` names, sorted. Relative paths start at `folder`; missing files are none. */
export async function includedFiles(argument: string, folder: string, home: string): Promise<string[]> {
  const path = expandTilde(argument, 'Include', home);
  const full = isAbsolute(path) ? path : join(folder, path);
  const { root } = parse(full);
  let found = [root];
  for (const part of full.slice(root.length).split(/[/\\]/).filter(Boolean)) {
    found = (await Promise.all(found.map((parent) => entries(parent, part)))).flat();
  }
  const files = await Promise.all(found.map(async (path) => ({ path, file: await isFile(path) })));
  return files.filter(({ file }) => file).map((each) => each.path);
}

async function entries(parent: string, pattern: string): Promise<string[]> {
  const inParent = (name: string): string => (parent.endsWith(sep) ? parent + name : join(parent, name));
  if (!/[*?[]/.test(pattern)) return [inParent(pattern)];
  const matching = globPattern(pattern);
  const names = await readdir(parent).catch(missing);
  return names
    .filter((name) => matching.test(name) && (!name.startsWith('.') || pattern.startsWith('.')))
    .sort()
    .map(inParent);
}

/** The pattern of glob(7) as a regular expression: `*`, `?`, `[a-z]` and `[!a-z]` within one part of a path. */
function globPattern(pattern: string): RegExp {
  const source = pattern.replace(/\[(!?)([^\]]+)\]|[\s\S]/g, (one, not?: string, set?: string) => {
    if (set !== undefined) return `[${not === '!' ? '^' : ''}${set.replace(/[\\^\]]/g, '\\$&')}]`;
    return one === '*' ? '.*' : one === '?' ? '.' : one.replace(/[\\^$.|+()[\]{}]/, '\\$&');
  });
  return new RegExp(`^${source}$`, 's');
}

async function isFile(path: string): Promise<boolean> {
  const found = await stat(path).catch(missing);
  return !Array.isArray(found) && found.isFile();
}

function missing(error: NodeJS.ErrnoException): never[] {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
  throw error;
}
