import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { closeAll, codeOf, current, diagnostic, openDocument } from './support/documents.ts';
import { virsh } from './support/lab.ts';
import { eventually } from './support/waiting.ts';

const code = 'rbd-disk-without-auth';
const db1 = vscode.Uri.parse('libvirt:/kvm1/domains/db1.xml');

async function fixes(uri: vscode.Uri, range: vscode.Range): Promise<readonly vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    range,
    vscode.CodeActionKind.QuickFix.value,
  );
}

describe('an RBD disk without auth', () => {
  afterEach(closeAll);

  it('is flagged, cured from the pool of the host, and saved', async () => {
    await openDocument(db1);
    const fault = await diagnostic(db1, code);
    assert.match(fault.message, /vda/);
    const preferred = await eventually(
      async () =>
        (await fixes(db1, fault.range)).find(
          ({ isPreferred, title }) => isPreferred && title.includes('rbd-pool'),
        ),
      'a fix that names the pool of the host',
    );
    assert.ok(preferred.edit);
    await vscode.workspace.applyEdit(preferred.edit);
    await eventually(
      () => vscode.languages.getDiagnostics(db1).every((found) => codeOf(found) !== code) || undefined,
      'the fault to be gone',
    );
    assert.equal(await current(db1).save(), true);
    const saved = await virsh('kvm1', 'dumpxml', '--inactive', 'db1');
    assert.match(saved, /<auth username='libvirt'>\s*<secret type='ceph' uuid='3f2b1c9a-[^']+'\/>/);
  });

  it('is flagged in a file as well, and other XML is left alone', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rules-'));
    const domain = vscode.Uri.file(join(folder, 'domain.xml'));
    const other = vscode.Uri.file(join(folder, 'other.xml'));
    await writeFile(
      domain.fsPath,
      `<domain type='kvm'>
  <name>new</name>
  <devices>
    <disk type='network' device='disk'>
      <source protocol='rbd' name='elsewhere/new'/>
      <target dev='vda' bus='virtio'/>
    </disk>
  </devices>
</domain>
`,
    );
    await writeFile(
      other.fsPath,
      `<domain><disk type='network'><source protocol='rbd' name='x/y'/></disk></domain>\n`,
    );
    await openDocument(domain);
    const fault = await diagnostic(domain, code);
    assert.equal(current(domain).languageId, 'libvirt-xml');
    const [fix] = await fixes(domain, fault.range);
    assert.ok(fix?.edit);
    await vscode.workspace.applyEdit(fix.edit);
    await eventually(() => current(domain).getText().includes('<auth username=') || undefined, 'the auth');
    await openDocument(other);
    assert.equal(current(other).languageId, 'xml');
    assert.deepEqual(vscode.languages.getDiagnostics(other), []);
  });
});
