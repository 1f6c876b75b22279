import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runCommand } from '../lab/commands.ts';
import { freePort } from '../lab/ports.ts';
import { lastLines } from '../programs.ts';
import { quietSettings } from './quietSettings.ts';
import type { VsCodeInstall } from './versions.ts';

/** An extension as its folder, which is linked to, or as a .vsix file, which is installed as a user would. */
export type ExtensionSource = { readonly folder: string } | { readonly vsix: string };

export interface VsCodeServerOptions {
  readonly install: VsCodeInstall;
  readonly extensions?: readonly ExtensionSource[] | undefined;
  /** User settings, over the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  /** Environment of the server and of the extension host, over this process's own. */
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** HOME of the extension host, where it finds ~/.ssh. Default: an empty folder. */
  readonly home?: string | undefined;
  /** Default: a free one. */
  readonly port?: number | undefined;
  /** Makes the extension host accept a test bundle. It also hides notifications. */
  readonly forExtensionTests?: boolean | undefined;
}

export interface VsCodeServer {
  /** `http://127.0.0.1:PORT/` */
  readonly url: string;
  /** What the server has printed so far. */
  output(): string;
  /** Ends the server, its extension hosts, and removes its folder. */
  stop(): Promise<void>;
}

const startTimeoutMs = 60_000;
const stopTimeoutMs = 3_000;

/** Starts a VS Code server on 127.0.0.1 with a state of its own, which is thrown away at the end. */
export async function startVsCode(options: VsCodeServerOptions): Promise<VsCodeServer> {
  const folder = await mkdtemp(join(tmpdir(), 'vscode-'));
  try {
    return await startIn(folder, options);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function startIn(folder: string, options: VsCodeServerOptions): Promise<VsCodeServer> {
  const { install, forExtensionTests = false } = options;
  const port = options.port ?? (await freePort());
  const state = await createState(folder, options);
  for (const extension of options.extensions ?? []) await addExtension(extension, install, state);
  const child = spawn(
    install.node,
    [
      ...[install.serverScript, ...state.args, '--host', '127.0.0.1', '--port', String(port)],
      ...['--without-connection-token', '--accept-server-license-terms', '--disable-workspace-trust'],
      ...['--disable-telemetry', '--telemetry-level', 'off', '--disable-experiments'],
      ...(forExtensionTests ? ['--enable-smoke-test-driver'] : []),
    ],
    // A group of its own, so that the extension hosts can be ended with it.
    { env: state.env, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  const dropAll = (): void => {
    endGroup(child, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  process.once('exit', dropAll);
  const stop = async (): Promise<void> => {
    await endServer(child);
    process.off('exit', dropAll);
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  let printed = '';
  try {
    await waitUntilListening(child, (text) => (printed += text));
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `http://127.0.0.1:${port}/`, output: () => printed, stop };
}

/** What a server keeps on disk, and the environment that leads it there. */
interface ServerState {
  readonly args: readonly string[];
  readonly extensionsFolder: string;
  readonly env: NodeJS.ProcessEnv;
}

async function createState(folder: string, options: VsCodeServerOptions): Promise<ServerState> {
  const userData = join(folder, 'user-data');
  const extensionsFolder = join(folder, 'extensions');
  const temporary = join(folder, 'tmp');
  const home = options.home ?? join(folder, 'home');
  for (const path of [join(userData, 'User'), extensionsFolder, temporary, home]) {
    await mkdir(path, { recursive: true });
  }
  const settings = { ...quietSettings, ...options.settings };
  await writeFile(join(userData, 'User', 'settings.json'), JSON.stringify(settings, undefined, 2));
  return {
    args: [
      ...['--server-data-dir', join(folder, 'server-data')],
      ...['--user-data-dir', userData],
      ...['--extensions-dir', extensionsFolder],
    ],
    extensionsFolder,
    env: { ...cleanEnvironment(process.env), HOME: home, TMPDIR: temporary, ...options.env },
  };
}

async function addExtension(
  extension: ExtensionSource,
  install: VsCodeInstall,
  { args, extensionsFolder, env }: ServerState,
): Promise<void> {
  if ('folder' in extension) {
    await linkExtension(extension.folder, extensionsFolder);
  } else {
    const action = ['--install-extension', resolve(extension.vsix), '--force'];
    await runCommand([install.node, install.serverScript, ...args, ...action], { env });
  }
}

async function waitUntilListening(child: ChildProcess, print: (text: string) => string): Promise<void> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const fail = (what: string): void => {
      clearTimeout(timer);
      reject(new Error(`The VS Code server ${what}.\n${lastLines(printed, 30)}`));
    };
    const timer = setTimeout(() => {
      fail(`did not listen within ${startTimeoutMs / 1000} s`);
    }, startTimeoutMs);
    const read = (chunk: Buffer): void => {
      printed = print(chunk.toString());
      if (!printed.includes('Extension host agent listening on')) return;
      clearTimeout(timer);
      resolve();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', (error) => {
      fail(`could not be started: ${error.message}`);
    });
    child.once('exit', (code, signal) => {
      fail(`ended with ${signal ?? `exit code ${String(code)}`}`);
    });
  });
}

async function endServer(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  endGroup(child, 'SIGTERM');
  const timer = setTimeout(() => {
    endGroup(child, 'SIGKILL');
  }, stopTimeoutMs);
  await ended;
  clearTimeout(timer);
  endGroup(child, 'SIGKILL');
}

/** Signals all processes of the child's group; that there are none left is no error. */
function endGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Without what a surrounding VS Code, debugger or login has set for its own child processes. */
function cleanEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(
    ([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$|XDG_RUNTIME_DIR$)/.test(name),
  );
  // The public gallery of extensions is never asked.
  return { ...Object.fromEntries(kept), EXTENSIONS_GALLERY: JSON.stringify({ serviceUrl: '' }) };
}

async function linkExtension(folder: string, extensionsFolder: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    publisher: string;
    name: string;
    version: string;
  };
  const name = `${manifest.publisher}.${manifest.name}-${manifest.version}`;
  await symlink(resolve(folder), join(extensionsFolder, name));
}
