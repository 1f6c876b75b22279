import assert from 'node:assert/strict';
import { startLabHome, type LabHome } from '../../tools/labHome.ts';
import { useVsCode } from './support/useVsCode.ts';
import { waitUntil } from './support/waiting.ts';

describe('a Ceph cluster in the tree', function () {
  this.timeout(60_000);
  let scene: LabHome;

  const vscode = useVsCode(async () => {
    scene = await startLabHome(console.log);
    return { home: scene.home, settings: scene.settings };
  });

  after(async () => {
    await scene.stop();
  });

  const flags = async (): Promise<string> =>
    ((await scene.lab.ceph.ceph('osd', 'dump')) as { flags: string }).flags;
  const mutes = async (): Promise<string[]> =>
    ((await scene.lab.ceph.ceph('health')) as { mutes: { code: string }[] }).mutes.map(({ code }) => code);
  const section = (name: string): RegExp => new RegExp(`^${name} of the Ceph cluster ceph`);

  it('stands beside the hosts that are its clients, with its health, daemons and OSDs', async () => {
    const { workbench } = vscode;
    const { sideBar } = workbench;
    await workbench.openViewContainer('Libvirt');
    await sideBar.row(/^Host kvm1/).expand();
    await sideBar.row(/^Ceph cluster ceph, healthy/).waitFor();
    await sideBar.row(/^Host kvm1/).collapse();
    await sideBar.row(/^Ceph cluster ceph/).expand();
    await sideBar.row(section('Health')).expand();
    await sideBar.row(section('Services')).expand();
    await sideBar.row(section('Services'), /^Monitors, 1 of 1 in quorum/).expand();
    await sideBar.row(section('Services'), /^ceph1, leader/).waitFor();
    await sideBar.row(section('Services'), /^Clients, kvm1/).expand();
    await sideBar.row(section('Services'), /^kvm1, librbd \d+\.\d+\.\d+ · QEMU .* · libvirt/).waitFor();
    await sideBar.row(section('OSDs')).expand();
    await sideBar.row(section('OSDs'), /^CRUSH bucket ceph1, host · 1 OSD/).expand();
    await sideBar.row(section('OSDs'), /^osd\.0, up, in · \d+% of /).waitFor();
    await workbench.screenshot('clusters-daemons');
  });

  it('says that it is in maintenance, and keeps quiet about that when it is told to', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput } = workbench;
    await sideBar.row(section('OSDs')).chooseFromMenu('Flags', 'Start Ceph Maintenance (Set noout)');
    await sideBar.row(/^OSDs of the Ceph cluster ceph: .*noout set/).waitFor();
    assert.match(await flags(), /noout/);
    const check = sideBar.row(section('Health'), /^Health check OSDMAP_FLAGS, warning: noout/);
    await check.waitFor();
    await workbench.screenshot('clusters-maintenance');
    await check.pressInlineAction('Mute Health Check…');
    await quickInput.waitForTitle('Mute OSDMAP_FLAGS of the Ceph cluster ceph');
    await quickInput.pick('1 hour');
    const muted = sideBar.row(section('Health'), /^Health check OSDMAP_FLAGS · muted until/);
    await muted.waitFor();
    assert.deepEqual(await mutes(), ['OSDMAP_FLAGS']);
    await sideBar.row(/^Ceph cluster ceph, healthy/).waitFor();
    await workbench.screenshot('clusters-muted');
    await muted.pressInlineAction('Unmute Health Check');
    await waitUntil('the mute to end', async () => (await mutes()).length === 0);
    await sideBar.row(section('OSDs')).chooseFromMenu('Flags', 'End Ceph Maintenance (Unset noout)');
    await waitUntil('the flag to be unset', async () => !(await flags()).includes('noout'));
    await sideBar.row(section('Health'), 'Nothing is wrong.').waitFor();
  });

  it('takes an OSD out after saying what that means, and in again', async () => {
    const { workbench } = vscode;
    const { sideBar, dialog, quickInput } = workbench;
    const osd = sideBar.row(section('OSDs'), /^osd\.0/);
    await osd.chooseFromMenu('Mark OSD Out…');
    assert.match(await dialog.text(), /No other OSD is in: its data has nowhere to go/);
    await workbench.screenshot('clusters-mark-out');
    await dialog.press('Cancel');
    await osd.chooseFromMenu('Reweight OSD…');
    await quickInput.waitForTitle('Reweight osd.0 of the Ceph cluster ceph');
    await quickInput.fill('1.5');
    await quickInput.waitForMessage('Type a number from 0 to 1.');
    await quickInput.answer('0.5');
    await dialog.press('Reweight');
    await sideBar.row(section('OSDs'), /^osd\.0, up, in, reweight 0\.5/).waitFor();
    const { nodes } = (await scene.lab.ceph.ceph('osd', 'tree')) as {
      nodes: { name: string; reweight?: number }[];
    };
    assert.equal(nodes.find(({ name }) => name === 'osd.0')?.reweight, 0.5);
    await scene.lab.ceph.run(['ceph', 'osd', 'reweight', 'osd.0', '1']);
  });

  it('says in words that it does not answer, and goes on when it does', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput } = workbench;
    await scene.lab.ceph.freeze();
    try {
      await sideBar.row(/^Ceph cluster ceph/).pressInlineAction('Refresh Ceph Cluster');
      await sideBar.row(/^Ceph cluster ceph, The monitors of Ceph do not answer root@kvm1/).waitFor();
      await workbench.screenshot('clusters-frozen');
    } finally {
      await scene.lab.ceph.thaw();
    }
    await sideBar.row(/^Ceph cluster ceph/).pressInlineAction('Refresh Ceph Cluster');
    await sideBar.row(/^Ceph cluster ceph, healthy/).waitFor();
    await sideBar.row(/^Ceph cluster ceph/).chooseFromMenu('Use Another Ceph Client…');
    await quickInput.waitForTitle('Client of the Ceph cluster ceph');
    await workbench.screenshot('clusters-clients');
    await quickInput.pick('client.libvirt on kvm1');
    await sideBar.row(section('Ceph Users')).expand();
    await sideBar.row(section('Ceph Users'), /^client\.libvirt may not see this/).waitFor();
    await workbench.screenshot('clusters-restricted');
  });
});
