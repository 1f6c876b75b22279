/**
 * `npm run demo`: VS Code with the extension in your browser, on a lab of real hosts. Ctrl-C ends all of it.
 * `-- --open` opens the browser; `-- --check` looks by itself whether the hosts are connected, and ends.
 */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { messageOf } from '../src/base/errors.ts';
import { Workbench } from '../test/ui/support/workbench.ts';
import { labObstacle } from './lab/availability.ts';
import { runCommand } from './lab/commands.ts';
import { freePort } from './lab/ports.ts';
import { startLabHome } from './labHome.ts';
import { exitOnSignals, untilInterrupted } from './signals.ts';
import { startTestDriver } from './testDriver.ts';
import { provisionVsCode } from './vscode-host/provision.ts';
import { startVsCode, type VsCodeServer } from './vscode-host/server.ts';
import { showWindow } from './vscode-host/window.ts';

/** What the window shows: hosts in the settings, and a home that knows how to reach them. */
interface Scene {
  readonly hostNames: readonly string[];
  readonly settings: Readonly<Record<string, unknown>>;
  readonly home?: string;
  stop(): Promise<void>;
}

const usualPort = 8433;
const repository = join(import.meta.dirname, '..');

const say = (line: string): void => {
  console.log(line);
};

/** A lab; where none can run, libvirt's own test driver; where there is no libvirt, no host. */
async function setScene(): Promise<Scene> {
  const obstacle = await labObstacle();
  if (obstacle === undefined) {
    const { lab, ...scene } = await startLabHome(say);
    return { ...scene, hostNames: [...lab.hosts.keys()] };
  }
  say(obstacle);
  const driver = await startTestDriver();
  if (driver === undefined) {
    say('There is no libvirt here either: the window opens without hosts.');
    return { hostNames: [], settings: {}, stop: () => Promise.resolve() };
  }
  say("Opening libvirt's test driver instead, a host that is made up.");
  const name = 'test';
  return {
    hostNames: [name],
    settings: { 'libvirt.hosts': [{ uri: driver.uri, name }] },
    stop: () => driver.stop(),
  };
}

async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => {
      resolve(false);
    });
    probe.listen(port, '127.0.0.1', () => {
      probe.close(() => {
        resolve(true);
      });
    });
  });
}

/** Whether a window of this server shows every host as connected. */
async function check(server: VsCodeServer, hostNames: readonly string[]): Promise<boolean> {
  const window = await showWindow(server, { say });
  const workbench = new Workbench(window.page);
  try {
    await workbench.openViewContainer('Libvirt');
    if (hostNames.length === 0) say(await workbench.sideBar.welcomeText());
    for (const name of hostNames) {
      await workbench.sideBar.row(`Host ${name}`).expand();
      await workbench.sideBar.row(`Host ${name}, connected`).waitFor();
      say(`${name} is connected.`);
    }
    return true;
  } catch (error) {
    say(messageOf(error));
    return false;
  } finally {
    say(`The window looks like ${await workbench.screenshot('demo')}`);
    await window.close();
  }
}

const letFinish = exitOnSignals();
say('Building the extension.');
await runCommand(['npm', 'run', '--silent', 'build'], { cwd: repository });
const install = await provisionVsCode('newest', say);
const scene = await setScene();
try {
  const server = await startVsCode({
    install,
    extensions: [{ folder: repository }],
    settings: scene.settings,
    home: scene.home,
    port: (await isFree(usualPort)) ? usualPort : await freePort(),
  });
  const address = `${server.url}?ew=true`;
  try {
    if (process.argv.includes('--check')) {
      process.exitCode = (await check(server, scene.hostNames)) ? 0 : 1;
    } else {
      say(`VS Code ${install.number} is at ${address} (Ctrl-C ends it)`);
      if (process.argv.includes('--open')) {
        spawn('xdg-open', [address], { stdio: 'ignore', detached: true }).once('error', (error) => {
          say(`The browser could not be opened: ${error.message}`);
        });
      }
      letFinish();
      await untilInterrupted();
      say('Ending VS Code and the hosts.');
    }
  } finally {
    await server.stop();
  }
} finally {
  await scene.stop();
}
