import { readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild';

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
 * Bundles the extension: extension.cjs, and beside it what is loaded when it is first needed: our SSH layer, what reads
 * and checks XML, and each heavy package. The files share one copy of src/base, so that an error is of the same class in all of them.
 * @returns what each of them was made of
 */
export async function bundle({ outdir, production, entries }: BundleOptions): Promise<readonly Metafile[]> {
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
  const file = (name: string): string => join(outdir, `${name}.cjs`);
  await rm(outdir, { recursive: true, force: true });
  const baseFiles = (await readdir(join(source, 'base'))).map((name) => `base/${name}`);
  const results = await Promise.all([
    build({
      ...common,
      entryPoints: entries ?? { extension: join(source, 'extension.ts') },
      outdir,
      outExtension: { '.js': '.cjs' },
      plugins: [oneVsCode, packagesBeside, base, ssh, xml],
    }),
    build({ ...common, ...entryOf(...baseFiles), outfile: file('base') }),
    build({
      ...common,
      ...entryOf('transport/ssh/connectSsh.ts', 'transport/ssh/config/resolveSshHost.ts'),
      outfile: file('ssh'),
      plugins: [packagesBeside, base],
    }),
    build({
      ...common,
      ...entryOf(
        'rules/check.ts',
        'xml/identity.ts',
        'xml/keepPasswords.ts',
        'xml/lines.ts',
        'xml/roots.ts',
        'xml/scanner/scan.ts',
        'xml/serverFaults.ts',
      ),
      outfile: file('xml'),
      plugins: [base],
    }),
    ...lazyPackages.map((name) =>
      build({ ...common, entryPoints: [name], outfile: file(name), sourcemap: false, minify: true }),
    ),
  ]);
  return results.flatMap(({ metafile }) => metafile ?? []);
}

/**
 * Gives all files one module `vscode` whose names, those that are used, are variables of the bundle. Without it each
 * file that imports vscode makes its own copy of the two hundred names when the extension is activated.
 */
const oneVsCode: Plugin = {
  name: 'one vscode',
  setup(setup) {
    const namespace = 'one-vscode';
    setup.onResolve({ filter: /^vscode$/ }, ({ path, namespace: importer }) =>
      importer === namespace ? { path, external: true } : { path, namespace },
    );
    setup.onLoad({ filter: /.*/, namespace }, async () => {
      const types = await readFile(join(source, '../node_modules/@types/vscode/index.d.ts'), 'utf8');
      const declared = /^\texport (?:abstract )?(?:class|const|enum|function|namespace) (\w+)/gm;
      const names = new Set([...types.matchAll(declared)].map(([, name]) => name));
      const lines = [...names].map((name) => `export const ${name} = /* @__PURE__ */ (() => api.${name})();`);
      return { contents: `const api = require('vscode');\n${lines.join('\n')}`, loader: 'js' };
    });
  },
};

/** Turns `import('ssh2')` into the loading of ssh2.cjs beside the bundle. */
const packagesBeside: Plugin = {
  name: 'lazy packages beside the bundle',
  setup(setup) {
    const names = new RegExp(`^(${lazyPackages.join('|')})$`);
    setup.onResolve({ filter: names }, ({ path }) => ({ path: `./${path}.cjs`, external: true }));
  },
};

/** Leaves folders of ours to the file `name`, for importers outside them. */
function foldersBeside(name: string, ...folders: readonly string[]): Plugin {
  const roots = folders.map((folder) => join(source, folder) + sep);
  const isInside = (path: string): boolean => roots.some((root) => path.startsWith(root));
  return {
    name: `${folders.join(', ')} in ${name}`,
    setup(setup) {
      setup.onResolve({ filter: /^\.{1,2}\// }, ({ path, importer }) =>
        isInside(resolve(dirname(importer), path)) && !isInside(importer)
          ? { path: `./${name}`, external: true, sideEffects: false }
          : undefined,
      );
    },
  };
}

/** As {@link oneVsCode}, for src/base: base.cjs is asked for once, not by each file that uses it. */
const base: Plugin = {
  name: 'base in base.cjs',
  setup(setup) {
    const folder = join(source, 'base');
    const namespace = 'one-base';
    setup.onResolve({ filter: /^\.{1,2}\// }, ({ path, importer }) =>
      dirname(resolve(dirname(importer), path)) === folder && dirname(importer) !== folder
        ? { path: 'base', namespace }
        : undefined,
    );
    setup.onResolve({ filter: /base\.cjs$/, namespace }, ({ path }) => ({ path, external: true }));
    setup.onLoad({ filter: /.*/, namespace }, async () => {
      const files = await Promise.all(
        (await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')),
      );
      const exported = /^export (?:async |abstract )*(?:class|const|function) (\w+)/gm;
      const names = files.flatMap((text) => [...text.matchAll(exported)].map(([, name]) => name));
      const lines = names.map((name) => `export const ${name} = /* @__PURE__ */ (() => base.${name})();`);
      return { contents: `const base = require('./base.cjs');\n${lines.join('\n')}`, loader: 'js' };
    });
  },
};
const ssh = foldersBeside('ssh.cjs', join('transport', 'ssh'));
const xml = foldersBeside('xml.cjs', 'xml', 'rules');

/** An entry that gives all that these files export: what others import from the bundle. */
function entryOf(...files: readonly string[]): BuildOptions {
  const lines = files.map((file) => `export * from './${file}';`);
  return { stdin: { contents: lines.join('\n'), resolveDir: source, loader: 'ts' } };
}
