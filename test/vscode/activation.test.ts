import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openDocument, closeAll } from './support/documents.ts';
import { extension } from './support/extension.ts';

/** Which of the files beside the main bundle the extension host has loaded. */
function loaded(): readonly string[] {
  return Object.keys(require.cache)
    .map((path) => /[\\/]dist[\\/]([^\\/]+)\.cjs$/.exec(path)?.[1])
    .filter((name) => name !== undefined);
}

describe('activation', () => {
  after(closeAll);

  it('loads no more than the main bundle', async () => {
    await extension().activate();
    assert.deepEqual([...loaded()].sort(), ['base', 'extension']);
  });

  it('loads the SSH layer with the first connect', async () => {
    await openDocument('libvirt:/kvm1/domains/web1.xml');
    assert.ok(loaded().includes('ssh2'));
    assert.equal(vscode.window.activeTextEditor?.document.uri.path, '/kvm1/domains/web1.xml');
  });
});
