import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { commandTable } from '../../src/ui/commands/commandTable.ts';
import { extension } from '../vscode/support/extension.ts';

type Texts = Readonly<Record<string, string>>;

/** VS Code keeps the English title of a command beside the translated one, so that the palette finds both. */
type LocalizedTitle = string | { readonly value: string };

interface Manifest {
  readonly description: string;
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: LocalizedTitle }[];
    readonly views: Readonly<Record<string, readonly { readonly name: string }[]>>;
  };
}

/** A translation as it is in the repository. */
function textsOf(file: string): Texts {
  return JSON.parse(readFileSync(join(extension().extensionPath, file), 'utf8')) as Texts;
}

async function readingFails(uri: string): Promise<string> {
  try {
    await vscode.workspace.fs.readFile(vscode.Uri.parse(uri));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error(`${uri} could be read.`);
}

describe('in Simplified Chinese', () => {
  const manifest = extension().packageJSON as Manifest;

  before(() => extension().activate());

  it('VS Code loads the translations of the code', () => {
    assert.equal(vscode.env.language, 'zh-cn');
    assert.deepEqual(vscode.l10n.bundle, textsOf('l10n/bundle.l10n.zh-cn.json'));
  });

  it('the palette shows the titles of all commands in Chinese', () => {
    const texts = textsOf('package.nls.zh-cn.json');
    const titles = manifest.contributes.commands.map(({ command, title }) => [
      command,
      typeof title === 'string' ? title : title.value,
    ]);
    assert.deepEqual(
      Object.fromEntries(titles),
      Object.fromEntries(commandTable.map(({ id }) => [id, texts[`command.${id}`]])),
    );
  });

  it('the views and the description are named in Chinese', () => {
    const names = Object.values(manifest.contributes.views).flatMap((views) => views.map(({ name }) => name));
    assert.deepEqual(names, ['主机', '连接']);
    assert.match(manifest.description, /存储池/);
  });

  it('a document of a host that is not there says so in Chinese', async () => {
    assert.match(
      await readingFails('libvirt:/nowhere/domains/web1.xml'),
      /侧边栏中没有主机 nowhere。请先添加，再重新打开文档。/,
    );
  });

  it('what is loaded later speaks Chinese as well: a host that cannot be reached', async () => {
    const said = await readingFails('libvirt:/closed/domains/web1.xml');
    assert.match(said, /拒绝连接：端口 1 上没有服务监听。请检查该主机上的 sshd 是否在运行/);
  });
});
