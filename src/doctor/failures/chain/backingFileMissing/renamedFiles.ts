import { posix } from 'node:path';
import type { WaitOptions } from '../../../../base/waiting.ts';
import type { Transport } from '../../../../transport/transport.ts';
import { isAskable } from '../../../../hosts/knowledge/missingFiles.ts';
import { asRoot, readImageFiles } from '../imageFiles.ts';
import type { ChainLink, DiskChain } from '../diskChains.ts';

/** So many files of a folder are looked at. */
const mostFiles = 60;
/** So many are offered. */
const mostOffered = 3;

const list = `find "$0" -maxdepth 1 -type f -print0`;

/**
 * Files that may be the one that is missing: in the format that is said of it, and in its folder, or called the same
 * where other images of the host are. Below another image they have the size of that; the disk's own image has a name
 * that was only added to. Those that a domain writes to are none.
 * @param all the chains of all domains
 */
export async function renamedFiles(
  transport: Transport,
  chain: DiskChain,
  missing: ChainLink,
  all: readonly DiskChain[],
  options: WaitOptions,
): Promise<readonly string[]> {
  const above = chain.links[chain.links.indexOf(missing) - 1];
  const { format, path } = missing;
  if (format === undefined) return [];
  const size = above?.file.kind === 'image' ? above.file.size : undefined;
  const name = posix.basename(path);
  const folder = posix.dirname(path);
  const { stdout } = await transport.exec(['sh', '-c', asRoot, 'sh', list, folder], options);
  const there = stdout.toString().split('\0').filter(isAskable);
  const known = all.flatMap(({ links }) => links.map((link) => posix.dirname(link.path)));
  const elsewhere = [...new Set(known)].map((one) => posix.join(one, name));
  const written = new Set(all.map(({ links: [own] }) => own.path));
  const own = new Set(chain.links.map((link) => link.path));
  const possible = [...new Set([...there.sort(bySimilarity(name)), ...elsewhere])]
    .filter((one) => !written.has(one) && !own.has(one))
    .filter((one) => size !== undefined || likeness(name, one) >= name.length)
    .slice(0, mostFiles);
  const fileOf = await readImageFiles(
    transport,
    possible.map((one) => ({ path: one, format })),
    options,
  );
  return possible
    .filter((one) => {
      const file = fileOf({ path: one, format });
      if (file.kind !== 'raw' && file.kind !== 'image') return false;
      if (size !== undefined && file.size !== size) return false;
      return file.kind === 'raw' ? file.header === undefined : !own.has(file.backing?.path ?? '');
    })
    .slice(0, mostOffered);
}

/** Those whose names begin and end the same come first. */
function bySimilarity(name: string): (a: string, b: string) => number {
  return (a, b) => likeness(name, b) - likeness(name, a) || a.localeCompare(b);
}

/** How many letters both begin and end with: as many as the name has where something was only added to it. */
function likeness(name: string, path: string): number {
  const other = posix.basename(path);
  return (
    common((index) => name[index] === other[index], name.length) +
    common((index) => name.at(-1 - index) === other.at(-1 - index), name.length)
  );
}

/** For how many indices in a row it is so. */
function common(isSame: (index: number) => boolean, most: number): number {
  let length = 0;
  while (length < most && isSame(length)) length++;
  return length;
}
