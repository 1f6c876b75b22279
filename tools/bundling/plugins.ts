import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Plugin } from 'esbuild';
import { type Chunk, chunkOf, pathInSource, source } from './chunks.ts';

/**
 * Gives all files of a chunk one module `vscode` whose names, those that are used, are variables of the chunk. Without
 * it each file that imports vscode makes its own copy of the two hundred names when it is loaded.
 */
export const oneVsCode: Plugin = {
  name: 'one vscode',
  setup(setup) {
    const namespace = 'one-vscode';
    setup.onResolve({ filter: /^vscode$/ }, ({ path, namespace: importer }) =>
      importer === namespace ? { path, external: true } : { path, namespace },
    );
    setup.onLoad({ filter: /.*/, namespace }, async () => {
      const types = await readFile(join(source, '../node_modules/@types/vscode/index.d.ts'), 'utf8');
      const declared = /^\texport (?:abstract )?(?:class|const|enum|function|namespace) (\w+)/gm;
      const names = new Set([...types.matchAll(declared)].map(([, name = '']) => name));
      return { contents: variablesOf('vscode', [...names]), loader: 'js' };
    });
  },
};

/** Turns `import('ssh2')` into the loading of ssh2.cjs beside the chunk. */
export function packagesBeside(names: readonly string[]): Plugin {
  return {
    name: 'packages beside the chunk',
    setup(setup) {
      setup.onResolve({ filter: new RegExp(`^(${names.join('|')})$`) }, ({ path }) => ({
        path: `./${path}.cjs`,
        external: true,
      }));
    },
  };
}

/** Leaves what belongs to other chunks to their files; each is asked once, not by each file that imports from it. */
export function otherChunks(own: string, chunks: readonly Chunk[]): Plugin {
  const namespace = 'chunk';
  return {
    name: 'other chunks',
    setup(setup) {
      setup.onResolve({ filter: /^\.{1,2}\// }, ({ path, importer, kind }) => {
        const file = pathInSource(resolve(dirname(importer), path));
        const chunk = file === undefined ? own : chunkOf(file);
        if (chunk === own) return undefined;
        return kind === 'dynamic-import'
          ? { path: `./${chunk}.cjs`, external: true }
          : { path: chunk, namespace, sideEffects: false };
      });
      setup.onResolve({ filter: /\.cjs$/, namespace }, ({ path }) => ({ path, external: true }));
      setup.onLoad({ filter: /.*/, namespace }, ({ path }) => {
        const names = chunks.find(({ name }) => name === path)?.names ?? [];
        return { contents: variablesOf(`./${path}.cjs`, names), loader: 'js' };
      });
    },
  };
}

/** A module that exports these names of another; those that nobody uses are left out of the bundle. */
function variablesOf(file: string, names: readonly string[]): string {
  const lines = names.map((name) => `export const ${name} = /* @__PURE__ */ (() => api.${name})();`);
  return `const api = require('${file}');\n${lines.join('\n')}`;
}
