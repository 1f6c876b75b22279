import type { IsoFile } from './isoImage.ts';
import { ucs2 } from './fields.ts';

/** A file as a folder names it. */
export interface NamedFile {
  /** As the folder's records are sorted by. */
  readonly id: Buffer;
  /** The real name, for Rock Ridge; undefined where `id` is it. */
  readonly rockRidge: string | undefined;
  /** Which of the files it is. */
  readonly index: number;
}

/** Eight capitals, digits and underscores (ECMA-119 10.1), the real name beside it. */
export function primaryNames(files: readonly IsoFile[]): readonly NamedFile[] {
  return inOrder(
    files.map(({ name }, index) => {
      const stem = name
        .toUpperCase()
        .replace(/[^A-Z0-9_]/g, '_')
        .slice(0, 6)
        .padEnd(6, '_');
      const id = Buffer.from(`${stem}${index.toString().padStart(2, '0')}.;1`, 'latin1');
      return { id, rockRidge: name, index };
    }),
  );
}

export function jolietNames(files: readonly IsoFile[]): readonly NamedFile[] {
  return inOrder(files.map(({ name }, index) => ({ id: ucs2(name), rockRidge: undefined, index })));
}

function inOrder(names: readonly NamedFile[]): readonly NamedFile[] {
  return names.toSorted((a, b) => Buffer.compare(a.id, b.id));
}
