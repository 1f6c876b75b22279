import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type BuildOptions, type Metafile } from 'esbuild';
import { type Chunk, readChunks, shell, source } from './chunks.ts';
import { oneVsCode, otherChunks, packagesBeside } from './plugins.ts';

const lazyPackages = ['ssh2', 'fast-xml-parser', 'ssh-config'];

export interface BundleOptions {
  /** Emptied first. */
  readonly outdir: string;
  /** Minified, without source maps. */
  readonly production: boolean;
  /** Programs beside the extension, by the name of their file. */
  readonly programs?: Readonly<Record<string, string>>;
}

/**
 * Bundles the extension and beside it what is loaded when it is first needed: the chunks of src and each heavy package.
 * @returns what each of them was made of
 */
export async function bundle({
  outdir,
  production,
  programs = {},
}: BundleOptions): Promise<readonly Metafile[]> {
  const common = {
    bundle: true,
    metafile: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // import() becomes require(): Node reads a CommonJS file twice for import(), which takes 70 ms for ssh2.
    supported: { 'dynamic-import': false },
    logLevel: 'warning',
    minify: production,
    sourcemap: production ? false : 'linked',
    // Native add-ons are optional in these packages and never part of the extension.
    external: ['vscode', 'cpu-features', '*.node'],
  } as const satisfies BuildOptions;
  await rm(outdir, { recursive: true, force: true });
  const chunks = await readChunks(Object.values(programs));
  const pluginsFor = (chunk: string): Pick<BuildOptions, 'plugins'> => ({
    plugins: [oneVsCode, packagesBeside(lazyPackages), otherChunks(chunk, chunks)],
  });
  const file = (name: string): string => join(outdir, `${name}.cjs`);
  const results = await Promise.all([
    ...Object.entries(programs).map(([name, entry]) =>
      build({ ...common, ...pluginsFor(shell), entryPoints: [entry], outfile: file(name) }),
    ),
    ...chunks.map((chunk) =>
      build({ ...common, ...pluginsFor(chunk.name), ...entryOf(chunk), outfile: file(chunk.name) }),
    ),
    ...lazyPackages.map((name) =>
      build({ ...common, entryPoints: [name], outfile: file(name), sourcemap: false, minify: true }),
    ),
  ]);
  return results.flatMap(({ metafile }) => metafile ?? []);
}

/** An entry that exports what other chunks import, and from the shell what VS Code calls. */
function entryOf({ name, sharedFiles }: Chunk): BuildOptions {
  const files = name === shell ? ['extension.ts', ...sharedFiles] : sharedFiles;
  const lines = files.map((path) => `export * from './${path}';`);
  return { stdin: { contents: lines.join('\n'), resolveDir: source, loader: 'ts' } };
}
