import { mkdtemp } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { runCommand } from '../../lab/commands.ts';
import type { ColdStart } from './coldStart.ts';
import type * as ownEngine from './ownEngine.ts';

type OwnEngine = typeof ownEngine;

/** Our engine as it is packaged, and programs that measure it from their start. */
export class Programs {
  readonly folder: string;
  readonly engine: OwnEngine;

  private constructor(folder: string, engine: OwnEngine) {
    this.folder = folder;
    this.engine = engine;
  }

  static async build(): Promise<Programs> {
    const folder = await mkdtemp(join(tmpdir(), 'bench-xml-'));
    process.once('exit', () => {
      rmSync(folder, { recursive: true, force: true });
    });
    const names = ['ownEngine', 'coldStart', 'memory'];
    await build({
      entryPoints: names.map((name) => join(import.meta.dirname, `${name}.ts`)),
      outdir: folder,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      logLevel: 'warning',
    });
    const file = pathToFileURL(join(folder, 'ownEngine.mjs')).href;
    return new Programs(folder, (await import(file)) as OwnEngine);
  }

  async coldStart(schemaFolder: string, document: string): Promise<ColdStart> {
    return JSON.parse(
      await runCommand([process.execPath, join(this.folder, 'coldStart.mjs'), schemaFolder, document]),
    ) as ColdStart;
  }

  /** Megabytes of heap after each round. */
  async memory(schemaFolder: string, document: string, rounds: number, edits: number): Promise<number[]> {
    const program = [process.execPath, '--expose-gc', join(this.folder, 'memory.mjs')];
    return JSON.parse(
      await runCommand([...program, schemaFolder, document, String(rounds), String(edits)]),
    ) as number[];
  }
}
