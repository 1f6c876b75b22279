import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Figure, Findings } from './results.ts';
import type { Scene } from './scene.ts';

/** The programs of the measurement, not of the extension. */
const notPackaged = ['client.cjs'];

/** What the production build weighs. */
export async function measureSizes({ bundleFolder }: Scene): Promise<Findings> {
  const names = (await readdir(bundleFolder)).filter((name) => !notPackaged.includes(name)).sort();
  const figures = await Promise.all(
    names.map(async (name): Promise<Figure> => {
      const { size } = await stat(join(bundleFolder, name));
      return { name: `dist/${name}`, values: [size / 1000], unit: 'KB' };
    }),
  );
  const main = figures.find(({ name }) => name === 'dist/extension.cjs')?.values[0] ?? NaN;
  return {
    comparisons: [],
    figures,
    targets: [
      {
        name: 'dist/extension.cjs before the first connect',
        limit: 150,
        below: true,
        unit: 'KB',
        value: main,
      },
    ],
  };
}
