import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, current, openDocument } from './support/documents.ts';
import { eventually } from './support/waiting.ts';

const web1 = vscode.Uri.parse('libvirt:/kvm1/domains/web1.xml');

/** The offers behind this text, put in front of another, once this one is among them. */
async function offersFor(text: string, before: string, awaited: string): Promise<vscode.CompletionItem[]> {
  const document = current(web1);
  const at = document.positionAt(document.getText().indexOf(before));
  const edit = new vscode.WorkspaceEdit();
  edit.insert(web1, at, text);
  await vscode.workspace.applyEdit(edit);
  return eventually(async () => {
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      web1,
      at.translate(0, text.length),
    );
    const ofSchema = items.filter(({ kind }) => kind !== vscode.CompletionItemKind.Snippet);
    return ofSchema.some((item) => labelOf(item) === awaited) ? ofSchema : undefined;
  }, `the offer ${awaited}`);
}

function labelOf({ label }: vscode.CompletionItem): string {
  return typeof label === 'string' ? label : label.label;
}

describe('completion in the definition of a domain', () => {
  beforeEach(() => openDocument(web1));
  afterEach(closeAll);

  it('offers the elements of the schema in a tag that is begun, each with what it must have', async () => {
    const offers = await offersFor('<wat', '<memballoon', 'watchdog');
    const watchdog = offers.find((item) => labelOf(item) === 'watchdog');
    assert.ok(watchdog?.insertText instanceof vscode.SnippetString);
    assert.match(watchdog.insertText.value, /^<watchdog model='\$\{1\|[^']*i6300esb/);
    assert.ok(!offers.some((item) => labelOf(item) === 'memballoon'), 'one is there already');
  });

  it('offers what the host has, and says what it is', async () => {
    const offers = await offersFor("<interface type='network'><source network='", '<memballoon', 'storage');
    const details = offers.map(({ label }) => (typeof label === 'string' ? '' : label.description));
    assert.deepEqual(offers.map(labelOf).sort(), ['default', 'storage']);
    assert.match(details.join(), /virbr0/);
  });
});
