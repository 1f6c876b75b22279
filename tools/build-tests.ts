import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '..');

/** Bundles these test files with mocha for the extension host, which calls the bundle's run(). */
export async function buildExtensionTests(testFolder: string, outfile: string): Promise<void> {
  const files = (await readdir(testFolder, { recursive: true }))
    .filter((name) => name.endsWith('.test.ts'))
    .sort()
    .map((name) => resolve(testFolder, name));
  const runner = join(root, 'test', 'vscode', 'runner', 'run.ts');
  await build({
    stdin: {
      contents: `
        import { runInExtensionHost } from ${JSON.stringify(runner)};
        export const run = () => runInExtensionHost([
          ${files.map((file) => `() => import(${JSON.stringify(file)})`).join(',\n')}
        ]);`,
      resolveDir: root,
      loader: 'ts',
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    external: ['vscode', 'cpu-features', '*.node'],
    // Mocha loads these two only when it runs tests in parallel.
    logOverride: { 'require-resolve-not-external': 'silent' },
    logLevel: 'warning',
  });
}
