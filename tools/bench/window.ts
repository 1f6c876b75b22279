import { readFile, readdir, symlink, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Workbench } from '../../test/ui/support/workbench.ts';
import { waitUntil } from '../../test/ui/support/waiting.ts';
import { listProcesses } from '../lab/processes.ts';
import type { Say } from '../say.ts';
import { provisionVsCode } from '../vscode-host/provision.ts';
import { openWindow, type WindowOptions } from '../vscode-host/window.ts';
import { median, Samples, type Findings } from './results.ts';
import { watchForRows } from './rowsDrawn.ts';
import { domainCount, poolCount, type Scene } from './scene.ts';

const runs = 3;
/** What VS Code does by itself after a start is over by then. */
const settleMs = 3000;
const notInPackage = new Set(['dist', 'out', 'node_modules', '.git']);

/** The production build in a real VS Code: its activation, and the time from a click to rows that are drawn. */
export async function measureWindow(scene: Scene, say: Say): Promise<Findings> {
  const install = await provisionVsCode('newest', say);
  const options: WindowOptions = {
    install,
    extensions: [{ folder: await packageFolder(scene) }],
    home: scene.home,
    settings: {
      'libvirt.hosts': ['near', 'far'].map((name) => ({ uri: `qemu+ssh://${name}/system`, name })),
    },
  };
  const figures = { activation: [] as number[], before: [] as number[], after: [] as number[] };
  const samples = new Samples();
  for (let run = 1; run <= runs; run++) {
    say(`VS Code ${install.number}: window ${run} of ${runs}`);
    const window = await openWindow(options);
    try {
      const workbench = new Workbench(window.page);
      await sleep(settleMs);
      await workbench.openViewContainer('Libvirt');
      for (const name of ['near', 'far']) await workbench.sideBar.row(`Host ${name}`).element();
      figures.before.push(await extensionHostMegabytes(scene));
      await timeRows(workbench, samples, 'near', 'first of a window');
      await timeRows(workbench, samples, 'far', 'later');
      figures.after.push(await extensionHostMegabytes(scene));
      figures.activation.push(await activationMs(workbench));
    } finally {
      await window.close();
    }
  }
  return {
    comparisons: [
      {
        title: `From click to drawn rows in the window of VS Code ${install.number}`,
        of: 'stages',
        ways: samples.ways,
      },
    ],
    figures: [
      { name: 'activation of the extension', values: figures.activation, unit: 'ms' },
      { name: 'RSS of the extension host before the first connect', values: figures.before, unit: 'MB' },
      {
        name: `RSS of the extension host with twice ${domainCount} domains`,
        values: figures.after,
        unit: 'MB',
      },
    ],
    targets: [{ name: 'activation', limit: 20, below: true, unit: 'ms', value: median(figures.activation) }],
  };
}

/** Opens the row of a host, then that of its domains. */
async function timeRows(
  workbench: Workbench,
  samples: Samples,
  name: 'near' | 'far',
  which: string,
): Promise<void> {
  const { page, sideBar } = workbench;
  const groups = [`Domains of ${name}: ${domainCount}`, `Storage Pools of ${name}: ${poolCount}`];
  const connected = await watchForRows(page, groups);
  await sideBar.row(`Host ${name}`).expand();
  const milliseconds = name === 'near' ? 0 : 50;
  samples.add(`host: its groups with their counts, ${which}, ${milliseconds} ms`, {
    seconds: (await connected()) / 1000,
  });
  const drawn = await watchForRows(page, ['Domain cache1']);
  await sideBar.row(`Domains of ${name}: ${domainCount}`).expand();
  samples.add(`domains: the first screen of ${domainCount} rows, ${which}`, {
    seconds: (await drawn()) / 1000,
  });
  await sideBar.row(`Host ${name}`).collapse();
}

/** What VS Code says of it: the loading of the bundle and the call of activate(). */
async function activationMs(workbench: Workbench): Promise<number> {
  await workbench.runCommand('Developer: Show Running Extensions');
  const row = workbench.page.locator('.runtime-extensions-editor .monaco-list-row', {
    hasText: 'Libvirt & Ceph',
  });
  return waitUntil('the activation time of the extension', async () => {
    const found = /Activation: (\d+)ms/.exec(await row.first().innerText());
    return found ? Number(found[1]) : undefined;
  });
}

/** RSS of the extension host that runs with the home of this scene. */
async function extensionHostMegabytes({ home }: Scene): Promise<number> {
  return waitUntil('one extension host', async () => {
    const hosts = (await listProcesses()).filter(({ args }) => args.includes('--type=extensionHost'));
    const sizes = await Promise.all(hosts.map(({ pid }) => megabytesWithHome(pid, home)));
    const own = sizes.filter((size) => size !== undefined);
    return own.length === 1 ? own[0] : undefined;
  });
}

async function megabytesWithHome(pid: number, home: string): Promise<number | undefined> {
  const [environment, status] = await Promise.all(
    ['environ', 'status'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')),
  );
  if (environment?.split('\0').includes(`HOME=${home}`) !== true) return undefined;
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status ?? '')?.[1];
  return kilobytes === undefined ? undefined : (Number(kilobytes) * 1024) / 1e6;
}

/** The extension as it is packaged: everything of the repository, with the production build. */
async function packageFolder({ folder, bundleFolder }: Scene): Promise<string> {
  const root = join(import.meta.dirname, '..', '..');
  const target = join(folder, 'extension');
  await mkdir(target);
  for (const name of await readdir(root)) {
    if (!notInPackage.has(name)) await symlink(join(root, name), join(target, name));
  }
  await symlink(bundleFolder, join(target, 'dist'));
  return target;
}
