import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { bundle } from '../../../tools/bundling/bundle.ts';

describe('the bundled extension', () => {
  let folder = '';
  let made: readonly Metafile[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bundle-'));
    made = await bundle({ outdir: folder, production: true });
  });

  after(() => rm(folder, { recursive: true, force: true }));

  it('has every source file in one chunk only, so that a class is the same class everywhere', () => {
    const places = new Map<string, string[]>();
    for (const { outputs } of made) {
      for (const [output, { inputs }] of Object.entries(outputs)) {
        for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
          if (!input.startsWith('src/') || bytesInOutput === 0) continue;
          places.set(input, [...(places.get(input) ?? []), output.replace(/^.*\//, '')]);
        }
      }
    }
    assert.deepEqual(
      [...places].filter(([, outputs]) => outputs.length > 1),
      [],
    );
    assert.deepEqual(places.get('src/extension.ts'), ['extension.cjs']);
  });
});
