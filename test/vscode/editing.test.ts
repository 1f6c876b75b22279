import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { closeAll, current, openDocument } from './support/documents.ts';
import { eventually } from './support/waiting.ts';

/** What a command answers once the language's features are loaded: before, VS Code has its own answers or none. */
async function answer<T>(
  isOurs: (found: readonly T[]) => boolean,
  command: string,
  ...args: readonly unknown[]
): Promise<readonly T[]> {
  return eventually(async () => {
    const found = await vscode.commands.executeCommand<readonly T[] | undefined>(command, ...args);
    return found !== undefined && isOurs(found) ? found : undefined;
  }, command);
}

async function openDomain(): Promise<vscode.Uri> {
  const uri = vscode.Uri.file(join(await mkdtemp(join(tmpdir(), 'editing-')), 'domain.xml'));
  await writeFile(
    uri.fsPath,
    `<domain type='kvm'>
  <name>vm1</name>
  <memory unit='GiB'>4</memory>
  <devices>
        <disk type='file'>
    <source file='/a.img'/><target dev='vda'/>
    </disk>
  </devices>
</domain>
`,
  );
  await openDocument(uri);
  await eventually(() => current(uri).languageId === 'libvirt-xml' || undefined, 'the language');
  return uri;
}

function after(uri: vscode.Uri, text: string): vscode.Position {
  const document = current(uri);
  const start = document.getText().indexOf(text);
  assert.ok(start >= 0, `There is no ${text}.`);
  return document.positionAt(start + text.length);
}

describe('a libvirt document in the editor', () => {
  afterEach(closeAll);

  it('is formatted', async () => {
    const uri = await openDomain();
    const edits = await answer<vscode.TextEdit>(
      ({ length }) => length > 0,
      'vscode.executeFormatDocumentProvider',
      uri,
      { tabSize: 2, insertSpaces: true },
    );
    const edit = new vscode.WorkspaceEdit();
    edit.set(uri, [...edits]);
    await vscode.workspace.applyEdit(edit);
    assert.match(
      current(uri).getText(),
      /\n {4}<disk type='file'>\n {6}<source file='\/a.img'\/>\n {6}<target dev='vda'\/>\n {4}<\/disk>\n/,
    );
  });

  it('has an outline that says what its parts are', async () => {
    const uri = await openDomain();
    const [domain] = await answer<vscode.DocumentSymbol>(
      ({ length }) => length > 0,
      'vscode.executeDocumentSymbolProvider',
      uri,
    );
    const lines = domain?.children.map(({ name, detail }) => `${name}|${detail}`);
    assert.deepEqual(lines, ['name|vm1', 'memory|4 GiB', 'devices|']);
    const disk = domain?.children[2]?.children[0];
    assert.deepEqual(
      [disk?.name, disk?.detail, disk?.kind],
      ['disk vda', 'file /a.img', vscode.SymbolKind.File],
    );
  });

  it('folds by its elements, leaving their end tags to be seen', async () => {
    const uri = await openDomain();
    const folds = await answer<vscode.FoldingRange>(
      (found) => found.some(({ start, end }) => start === 4 && end === 5),
      'vscode.executeFoldingRangeProvider',
      uri,
    );
    assert.deepEqual(
      folds.map(({ start, end }) => `${start}-${end}`),
      ['0-7', '3-6', '4-5'],
    );
  });

  it('shows both tags of an element, and grows a selection by its markup', async () => {
    const uri = await openDomain();
    const both = await answer<vscode.DocumentHighlight>(
      ({ length }) => length === 2,
      'vscode.executeDocumentHighlights',
      uri,
      after(uri, '<devi'),
    );
    assert.deepEqual(
      both.map(({ range }) => current(uri).getText(range)),
      ['devices', 'devices'],
    );
    const [selection] = await answer<vscode.SelectionRange>(
      (found) => found[0]?.parent?.parent !== undefined,
      'vscode.executeSelectionRangeProvider',
      uri,
      [after(uri, "file='/a")],
    );
    const texts: string[] = [];
    for (let range = selection; range !== undefined; range = range.parent) {
      texts.push(current(uri).getText(range.range));
    }
    const grown = ["'/a.img'", "file='/a.img'", "<source file='/a.img'/>"];
    assert.deepEqual(
      texts.filter((text) => grown.includes(text)),
      grown,
    );
  });

  it('offers snippets where they fit, and nowhere else', async () => {
    const uri = await openDomain();
    const labelsAt = async (position: vscode.Position): Promise<readonly string[]> => {
      const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        uri,
        position,
      );
      return items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    };
    const inDevices = await eventually(async () => {
      const labels = await labelsAt(after(uri, '<devices>'));
      return labels.includes('disk-rbd') ? labels : undefined;
    }, 'the snippet of a disk');
    assert.ok(!inDevices.includes('network-nat'), 'a document is no device');
    for (const text of ["<disk type='", '<disk', '<domain']) {
      assert.ok(!(await labelsAt(after(uri, text))).includes('disk-rbd'), text);
    }
  });
});

describe('names of other objects', () => {
  const web1 = vscode.Uri.parse('libvirt:/kvm1/domains/web1.xml');
  const secret = vscode.Uri.parse('libvirt:/kvm1/secrets/3f2b1c9a-7d54-4e0b-9a16-5c8e2d7f4b60.xml');

  afterEach(closeAll);

  const definitionOf = async (text: string): Promise<readonly string[]> => {
    const links = await answer<vscode.LocationLink>(
      ({ length }) => length > 0,
      'vscode.executeDefinitionProvider',
      web1,
      after(web1, text),
    );
    return links.map(({ targetUri }) => targetUri.path);
  };

  it('lead to the documents of these objects', async () => {
    await openDocument(web1);
    assert.deepEqual(await definitionOf(`<source network='`), ['/kvm1/networks/default.xml']);
    assert.deepEqual(await definitionOf(`<secret type='ceph' uuid='`), [secret.path]);
  });

  it('are found from the object: the domains that log in with a secret', async () => {
    await openDocument(secret);
    const places = await answer<vscode.Location>(
      (found) => found.some(({ uri }) => uri.path === web1.path),
      'vscode.executeReferenceProvider',
      secret,
      after(secret, '<uuid>'),
    );
    const inWeb1 = places.filter(({ uri }) => uri.path === web1.path);
    assert.equal(inWeb1.length, 2, 'web1 has two disks in Ceph');
  });
});
