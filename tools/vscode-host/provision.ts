import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../lab/commands.ts';
import type { Say } from '../say.ts';
import { packagedNode, readPins, systemNodeFits, vsCodeFolder } from './versions.ts';
import type { Pins, VsCodeInstall, VsCodeVersion } from './versions.ts';

/** Parts of the server that are large and that no test and no demo uses. */
const unusedDependencies = ['@github/copilot-sdk', '@microsoft/mxc-sdk', '@vscode/copilot-api'];
const unusedExtensions = ['copilot', 'mermaid-markdown-features'];

/**
 * Installs this VS Code from the npm registry unless it is there already, about half a minute the first time.
 * It stays in tools/vscode-host/<version>/node_modules.
 */
export async function provisionVsCode(version: VsCodeVersion, say: Say): Promise<VsCodeInstall> {
  const pins = await readPins(version);
  const onSystemNode = systemNodeFits(pins.node);
  if (!onSystemNode && !(process.platform === 'linux' && process.arch === 'x64')) {
    throw new Error(
      `The ${version} VS Code runs on Node ${pins.node}, which is packaged for Linux on x64 only. ` +
        `Run this with a Node of that major version to use it here.`,
    );
  }
  const vscode = vsCodeFolder(pins.folder);
  const stamp = join(pins.folder, 'node_modules', '.provisioned');
  const wanted = `${onSystemNode ? 'system' : 'packaged'} Node\n${await readFile(join(pins.folder, 'package-lock.json'), 'utf8')}`;
  if (!existsSync(stamp) || (await readFile(stamp, 'utf8')) !== wanted) {
    say(`Installing the ${version} VS Code from the npm registry.`);
    await install(pins, vscode, onSystemNode);
    await writeFile(stamp, wanted);
  }
  const product = JSON.parse(await readFile(join(vscode, 'product.json'), 'utf8')) as { version: string };
  return {
    version,
    number: product.version,
    node: onSystemNode ? process.execPath : packagedNode(pins.folder),
    serverScript: join(vscode, 'out', 'server-main.js'),
  };
}

async function install(pins: Pins, vscode: string, onSystemNode: boolean): Promise<void> {
  await runCommand(['npm', 'ci', ...(onSystemNode ? ['--omit=dev'] : [])], { cwd: pins.folder });
  await dropUnused(vscode);
  // Not `npm ci`: the shrinkwrap file in the package lacks an entry, so that npm refuses it. It pins all others.
  // Scripts stay off: the native modules that would be compiled are optional, or come compiled.
  await runCommand(['npm', 'install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: vscode,
  });
}

async function dropUnused(vscode: string): Promise<void> {
  for (const name of unusedExtensions) {
    await rm(join(vscode, 'extensions', name), { recursive: true, force: true });
  }
  const manifest = join(vscode, 'package.json');
  const content = JSON.parse(await readFile(manifest, 'utf8')) as { dependencies: Record<string, string> };
  const dependencies = Object.entries(content.dependencies).filter(
    ([name]) => !unusedDependencies.includes(name),
  );
  await writeFile(manifest, JSON.stringify({ ...content, dependencies: Object.fromEntries(dependencies) }));
}
