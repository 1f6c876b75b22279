import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { isObjectCommand, whenClauses } from '../../src/ui/commands/command.ts';
import { commandTable } from '../../src/ui/commands/commandTable.ts';
import { documentScheme, liveScheme } from '../../src/ui/documents/documentUri.ts';
import { explorerViewId } from '../../src/ui/explorer/explorer.ts';
import { languageId } from '../../src/ui/language/libvirtDocuments.ts';
import { extension } from './support/extension.ts';

interface Menu {
  readonly command?: string;
  readonly when: string;
}

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly menus: Readonly<Record<string, readonly Menu[]>>;
    readonly languages: readonly { readonly id: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsWelcome: readonly { readonly contents: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly scope: string }>> };
  };
}

describe('package.json', () => {
  const manifest = extension().packageJSON as Manifest;
  const { contributes } = manifest;
  const ids = commandTable.map(({ id }) => id).sort();

  it('declares exactly the commands of the table', () => {
    assert.deepEqual(contributes.commands.map(({ command }) => command).sort(), ids);
  });

  it('shows commands on objects in the menu of exactly the rows they are for', () => {
    const expected = commandTable
      .filter(isObjectCommand)
      .flatMap((command) => whenClauses(command).map((when) => `${command.id}: ${when}`));
    const menus = Object.entries(contributes.menus)
      .filter(([menu]) => menu === 'view/item/context' || menu.startsWith('libvirt.'))
      .flatMap(([, entries]) => entries);
    const declared = new Set(
      menus.flatMap(({ command, when }) => (command === undefined ? [] : [`${command}: ${when}`])),
    );
    assert.deepEqual([...declared].sort(), expected.sort());
  });

  it('names no command, view or context in its texts that is not there', () => {
    const linked = contributes.viewsWelcome.flatMap(({ contents }) =>
      [...contents.matchAll(/\(command:([^)]+)\)/g)].map(([, id]) => id ?? ''),
    );
    assert.ok(linked.length > 0);
    assert.deepEqual(
      linked.filter((id) => !ids.includes(id)),
      [],
    );
  });

  it('has the view, the language and the schemes that the code uses', () => {
    assert.ok(
      Object.values(contributes.views)
        .flat()
        .some(({ id }) => id === explorerViewId),
    );
    assert.ok(contributes.languages.some(({ id }) => id === languageId));
    assert.ok(manifest.activationEvents.includes(`onFileSystem:${documentScheme}`));
    assert.ok(manifest.activationEvents.includes(`onFileSystem:${liveScheme}`));
  });

  it('is activated only by use', () => {
    assert.deepEqual(
      manifest.activationEvents.filter((event) => event === '*' || event === 'onStartupFinished'),
      [],
    );
  });

  it('keeps settings that lead to other machines out of workspaces', () => {
    const scopes = Object.entries(contributes.configuration.properties).map(([name, { scope }]) => [
      name,
      scope,
    ]);
    assert.deepEqual(
      // Neither can be set by a workspace; those of an application hold in remote windows as well.
      scopes.filter(([, scope]) => scope !== 'machine' && scope !== 'application'),
      // How documents are judged is a matter of the workspace that they are in.
      [
        ['libvirt.schemaVersion', 'window'],
        ['libvirt.rules', 'resource'],
      ],
    );
  });

  it('registers every command when it is activated', async () => {
    await extension().activate();
    const registered = await vscode.commands.getCommands(true);
    assert.deepEqual(
      ids.filter((id) => !registered.includes(id)),
      [],
    );
  });
});
