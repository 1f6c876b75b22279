import { readdir, rm } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { build, type BuildOptions, type Plugin } from 'esbuild';

const source = resolve(import.meta.dirname, '..', 'src');
const lazyPackages = ['ssh2', 'fast-xml-parser', 'ssh-config'];

export interface BundleOptions {
  /** Emptied first. */
  readonly outdir: string;
  /** Minified, without source maps. */
  readonly production: boolean;
  /** Programs by the name of their bundle. Default: `extension`. */
  readonly entries?: Readonly<Record<string, string>>;
}

/**
 * Bundles the extension: extension.cjs, and beside it what is loaded when it is first needed: our SSH layer, and each
 * heavy package. The files share one copy of src/base, so that an error is of the same class in all of them.
 */
export async function bundle({ outdir, production, entries }: BundleOptions): Promise<void> {
  const common: BuildOptions = {
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'warning',
    minify: production,
    sourcemap: production ? false : 'linked',
    // Native add-ons are optional in these packages and never part of the extension.
    external: ['vscode', 'cpu-features', '*.node'],
  };
  const file = (name: string): string => join(outdir, `${name}.cjs`);
  await rm(outdir, { recursive: true, force: true });
  await Promise.all([
    build({
      ...common,
      entryPoints: entries ?? { extension: join(source, 'extension.ts') },
      outdir,
      outExtension: { '.js': '.cjs' },
      plugins: [packagesBeside, base, ssh],
    }),
    build({ ...common, ...(await entryOf('base')), outfile: file('base') }),
    build({
      ...common,
      ...(await entryOf(join('transport', 'ssh'), ['connectSsh.ts', 'config/resolveSshHost.ts'])),
      outfile: file('ssh'),
      plugins: [packagesBeside, base],
    }),
    ...lazyPackages.map((name) =>
      build({ ...common, entryPoints: [name], outfile: file(name), sourcemap: false, minify: true }),
    ),
  ]);
}

/** Turns `import('ssh2')` into the loading of ssh2.cjs beside the bundle. */
const packagesBeside: Plugin = {
  name: 'lazy packages beside the bundle',
  setup(setup) {
    const names = new RegExp(`^(${lazyPackages.join('|')})$`);
    setup.onResolve({ filter: names }, ({ path }) => ({ path: `./${path}.cjs`, external: true }));
  },
};

/** Leaves a folder of ours to the file `name`, for importers outside that folder. */
function folderBeside(folder: string, name: string): Plugin {
  const root = join(source, folder) + sep;
  return {
    name: `${folder} in ${name}`,
    setup(setup) {
      setup.onResolve({ filter: /^\.{1,2}\// }, ({ path, importer }) =>
        resolve(dirname(importer), path).startsWith(root) && !importer.startsWith(root)
          ? { path: `./${name}`, external: true, sideEffects: false }
          : undefined,
      );
    },
  };
}

const base = folderBeside('base', 'base.cjs');
const ssh = folderBeside(join('transport', 'ssh'), 'ssh.cjs');

/** An entry that gives all that these files export. */
async function entryOf(folder: string, files?: readonly string[]): Promise<BuildOptions> {
  const names = files ?? (await readdir(join(source, folder)));
  const lines = names.map((name) => `export * from './${relative('.', name)}';`);
  return { stdin: { contents: lines.join('\n'), resolveDir: join(source, folder), loader: 'ts' } };
}
