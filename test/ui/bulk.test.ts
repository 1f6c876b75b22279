import assert from 'node:assert/strict';
import { startLabHome, type LabHome } from '../../tools/labHome.ts';
import type { LabHost } from '../../tools/lab/host.ts';
import { useVsCode } from './support/useVsCode.ts';
import { waitUntil } from './support/waiting.ts';

describe('several objects at once', function () {
  this.timeout(60_000);
  let scene: LabHome;
  let kvm1: LabHost;
  let kvm2: LabHost;

  const vscode = useVsCode(async () => {
    scene = await startLabHome(console.log);
    kvm1 = scene.lab.host('kvm1');
    kvm2 = scene.lab.host('kvm2');
    for (const [host, pool] of [
      [kvm1, 'backup'],
      [kvm2, 'archive'],
      [kvm2, 'unplugged'],
    ] as const) {
      await host.virsh('pool-define-as', pool, 'dir', '--target', `/srv/${pool}`);
      if (pool !== 'unplugged') await host.run(['mkdir', '-p', `/srv/${pool}`]);
    }
    return { home: scene.home, settings: scene.settings };
  });

  after(async () => {
    await scene.stop();
  });

  it('are selected in the tree and started from its menu, over two hosts, with one summary', async () => {
    const { workbench } = vscode;
    const { sideBar, notifications } = workbench;
    await workbench.openViewContainer('Libvirt');
    for (const host of ['kvm1', 'kvm2']) {
      await sideBar.row(new RegExp(`^Host ${host}`)).expand();
      await sideBar.row(new RegExp(`^Storage Pools of ${host}`)).expand();
    }
    await sideBar.row('Storage pool backup').click();
    await sideBar.row('Storage pool archive').addToSelection();
    await sideBar.row('Storage pool unplugged').addToSelection();
    await workbench.screenshot('bulk-selected');
    await sideBar.row('Storage pool unplugged').chooseFromMenu('Start Pool');
    assert.equal(await notifications.waitFor(/Starting 3 pools/), 'Starting 3 pools: 2 done, 1 failed.');
    assert.match(await kvm1.virsh('pool-list'), /backup +active/);
    assert.match(await kvm2.virsh('pool-list'), /archive +active/);
    assert.doesNotMatch(await kvm2.virsh('pool-list'), /unplugged/);
  });

  it('of which some failed say why, and are tried again', async () => {
    const { workbench } = vscode;
    const { quickInput, notifications } = workbench;
    await notifications.press(/Starting 3 pools/, 'Show Failures');
    await quickInput.waitForTitle('What failed, and why');
    assert.deepEqual(await quickInput.options(), ['unplugged on kvm2']);
    await workbench.screenshot('bulk-failures');
    await kvm2.run(['mkdir', '-p', '/srv/unplugged']);
    await quickInput.accept();
    await notifications.waitFor('Starting 3 pools: done.');
    assert.match(await kvm2.virsh('pool-list'), /unplugged +active/);
  });

  it('offer in the menu only what can be done to all of them', async () => {
    const entries = await vscode.workbench.sideBar.row('Storage pool unplugged').menuEntries();
    assert.ok(entries.includes('Refresh Pool'), entries.join());
    assert.ok(!entries.includes('Open XML'), entries.join());
  });

  it('are ticked in a list that is filtered by typing, and asked about once', async () => {
    const { workbench } = vscode;
    const { quickInput, notifications, dialog } = workbench;
    await workbench.runCommand('Libvirt: Run on Several Objects…');
    await quickInput.waitForTitle('Run on Several Objects');
    await quickInput.pick('Stop Pool');
    await quickInput.fill('kvm2');
    await waitUntil(
      'the pools of kvm2 alone',
      async () => (await quickInput.options()).join() === 'archive,rbd-pool,unplugged',
    );
    await workbench.screenshot('bulk-ticked');
    await quickInput.accept();
    const question = await dialog.text();
    assert.match(question, /Stop 3 pools\?/);
    assert.match(question, /backup on kvm1\n.*archive on kvm2\n.*unplugged on kvm2/);
    await workbench.screenshot('bulk-question');
    await dialog.press('Stop Pools');
    await notifications.waitFor('Stopping 3 pools: done.');
    assert.doesNotMatch(await kvm2.virsh('pool-list'), /archive|unplugged/);
  });
});
