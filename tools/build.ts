/** Bundles the extension into dist/: our code as one file, each heavy package as a file of its own, loaded when first needed. */
import { rm } from 'node:fs/promises';
import { build, type BuildOptions, type Plugin } from 'esbuild';

const lazyPackages = ['ssh2', 'fast-xml-parser', 'ssh-config'];
const production = process.argv.includes('--production');

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

/** Turns `import('ssh2')` into the loading of dist/ssh2.cjs. */
const besideTheBundle: Plugin = {
  name: 'lazy packages beside the bundle',
  setup(setup) {
    const names = new RegExp(`^(${lazyPackages.join('|')})$`);
    setup.onResolve({ filter: names }, ({ path }) => ({ path: `./${path}.cjs`, external: true }));
  },
};

await rm('dist', { recursive: true, force: true });
await Promise.all([
  build({
    ...common,
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/extension.cjs',
    plugins: [besideTheBundle],
    metafile: true,
  }),
  ...lazyPackages.map((name) =>
    build({ ...common, entryPoints: [name], outfile: `dist/${name}.cjs`, sourcemap: false, minify: true }),
  ),
]);
