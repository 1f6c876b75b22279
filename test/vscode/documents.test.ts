import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { documentUri } from '../../src/ui/documents/documentUri.ts';
import { closeAll, current, openDocument, replace } from './support/documents.ts';
import { defineDomain, virsh } from './support/lab.ts';
import { eventually } from './support/waiting.ts';

const cache1 = vscode.Uri.parse('libvirt:/kvm1/domains/cache1.xml');

describe('documents of a host', () => {
  let original: string;
  const withPassword = (): string =>
    original.replace(/<graphics type='vnc'/, "<graphics type='vnc' passwd='s3cret'");

  before(async () => {
    original = await virsh('kvm1', 'dumpxml', '--inactive', '--security-info', 'cache1');
  });

  afterEach(async () => {
    await closeAll();
    await defineDomain('kvm1', original);
  });

  it('show the definition for the next start, in the language that knows it', async () => {
    await openDocument(cache1);
    await eventually(() => current(cache1).languageId === 'libvirt-xml' || undefined, 'the language');
    assert.match(current(cache1).getText(), /<name>cache1<\/name>/);
    assert.equal(current(cache1).isDirty, false);
  });

  const kinds: readonly [path: string, content: RegExp][] = [
    ['/kvm1/pools/rbd-pool.xml', /<pool type='rbd'>/],
    ['/kvm1/networks/default.xml', /<forward mode='nat'/],
    ['/kvm1/secrets/3f2b1c9a-7d54-4e0b-9a16-5c8e2d7f4b60.xml', /<usage type='ceph'>/],
    ['/kvm1/volumes/images/cache1.qcow2.xml', /<volume type='file'>/],
  ];
  for (const [path, content] of kinds) {
    it(`open ${path}`, async () => {
      const editor = await openDocument(`libvirt:${path}`);
      assert.match(editor.document.getText(), content);
    });
  }

  it('are never saved by a timer: saving defines', () => {
    const files = vscode.workspace.getConfiguration('files', { languageId: 'libvirt-xml' });
    assert.equal(files.get('autoSave'), 'off');
  });

  it('of volumes cannot be written', async () => {
    const uri = vscode.Uri.parse('libvirt:/kvm1/volumes/images/cache1.qcow2.xml');
    const { permissions } = await vscode.workspace.fs.stat(uri);
    assert.equal(permissions, vscode.FilePermission.Readonly);
  });

  it('that do not exist are said not to be found', async () => {
    await assert.rejects(
      async () => vscode.workspace.fs.readFile(vscode.Uri.parse('libvirt:/kvm1/domains/nosuch.xml')),
      (error) => error instanceof vscode.FileSystemError && error.code === 'FileNotFound',
    );
    await assert.rejects(
      async () => vscode.workspace.fs.readFile(vscode.Uri.parse('libvirt:/nowhere/domains/web1.xml')),
      (error) => error instanceof vscode.FileSystemError && error.message.includes('nowhere'),
    );
  });

  it('are defined on the host when they are saved', async () => {
    await openDocument(cache1);
    const title = /<title>(.*)<\/title>/.exec(current(cache1).getText())?.[0] ?? '';
    await replace(cache1, title, '<title>Cache &amp; more</title>');
    assert.equal(await current(cache1).save(), true);
    assert.match(await virsh('kvm1', 'dumpxml', '--inactive', 'cache1'), /<title>Cache &amp; more<\/title>/);
    assert.equal(current(cache1).isDirty, false);
  });

  it('stay as they are when the host refuses them, with the reason at its place', async () => {
    await openDocument(cache1);
    await replace(cache1, '<vcpu', '<bogus/>\n  <vcpu');
    assert.equal(await current(cache1).save(), false);
    assert.equal(current(cache1).isDirty, true);
    const [refusal] = vscode.languages
      .getDiagnostics(cache1)
      .filter(({ source, code }) => source === 'libvirt' && code === undefined);
    assert.ok(refusal);
    assert.match(refusal.message, /bogus/);
    assert.equal(current(cache1).getText(refusal.range), 'bogus');
    assert.doesNotMatch(await virsh('kvm1', 'dumpxml', '--inactive', 'cache1'), /bogus/);
    await replace(cache1, '<bogus/>\n  ', '');
    await eventually(
      () => !vscode.languages.getDiagnostics(cache1).includes(refusal) || undefined,
      'the refusal to go with the next change',
    );
  });

  it('follow the host while they have no unsaved changes', async () => {
    await openDocument(cache1);
    await virsh('kvm1', 'desc', 'cache1', '--config', '--title', 'Changed elsewhere');
    await eventually(
      () => current(cache1).getText().includes('Changed elsewhere') || undefined,
      'the other title',
    );
  });

  it('are not saved over a change that was made elsewhere meanwhile', async () => {
    await openDocument(cache1);
    await replace(cache1, '<on_crash>', '<!-- mine --><on_crash>');
    await virsh('kvm1', 'desc', 'cache1', '--config', '--title', 'Made elsewhere');
    assert.equal(await current(cache1).save(), false);
    assert.match(await virsh('kvm1', 'dumpxml', '--inactive', 'cache1'), /Made elsewhere/);
    assert.match(current(cache1).getText(), /<!-- mine -->/);
  });

  it('keep the password of graphics that they do not show', async () => {
    await defineDomain('kvm1', withPassword());
    await openDocument(cache1);
    assert.doesNotMatch(current(cache1).getText(), /s3cret/);
    await replace(cache1, '<on_crash>', '<!-- edited --><on_crash>');
    await replace(cache1, '<!-- edited -->', '');
    await replace(cache1, "placement='static'>1<", "placement='static'>2<");
    assert.equal(await current(cache1).save(), true);
    const saved = await virsh('kvm1', 'dumpxml', '--inactive', '--security-info', 'cache1');
    assert.match(saved, /passwd='s3cret'/);
    assert.match(saved, />2<\/vcpu>/);
  });

  it('open and save whatever the name is', async () => {
    const name = `..we"ird & <b>$(reboot)\`id\` %2F ü 名`;
    const escaped = name.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    const copy = original
      .replace('<name>cache1</name>', `<name>${escaped}</name>`)
      .replace(/<uuid>.*<\/uuid>/, '');
    await defineDomain('kvm1', copy);
    try {
      const uri = documentUri({ host: 'kvm1', folder: 'domains', name });
      const editor = await openDocument(uri);
      assert.ok(editor.document.getText().includes('<name>..we'));
      await replace(uri, "placement='static'>1<", "placement='static'>2<");
      assert.equal(await current(uri).save(), true);
      assert.match(await virsh('kvm1', 'dumpxml', '--inactive', '--', name), />2<\/vcpu>/);
    } finally {
      await virsh('kvm1', 'undefine', '--', name);
    }
  });

  it('show passwords when they are asked for', async () => {
    await defineDomain('kvm1', withPassword());
    const editor = await openDocument(cache1.with({ query: 'passwords' }));
    assert.match(editor.document.getText(), /passwd='s3cret'/);
  });
});
