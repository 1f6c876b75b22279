import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readPins, systemNodeFits, vsCodeVersions } from '../../../../tools/vscode-host/versions.ts';

describe('the VS Code versions for tests', () => {
  it('run on a Node of the same major version only', () => {
    assert.ok(systemNodeFits('20.20.2', '20.1.0'));
    assert.ok(!systemNodeFits('20.20.2', '24.0.0'));
    assert.ok(!systemNodeFits('24.21.0', '2.24.0'));
  });

  for (const version of vsCodeVersions) {
    it(`pin ${version} with its Node, and tell no registry in the lock`, async () => {
      const { folder, node } = await readPins(version);
      assert.match(node, /^\d+\.\d+\.\d+$/);
      const lock = await readFile(join(folder, 'package-lock.json'), 'utf8');
      assert.ok(lock.includes('"node_modules/code-server"'));
      assert.ok(!lock.includes('"resolved"'));
    });
  }
});
