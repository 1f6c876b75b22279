import assert from 'node:assert/strict';
import type { LabHost } from '../../tools/lab/host.ts';
import { startLabHome, type LabHome } from '../../tools/labHome.ts';
import { useVsCode } from './support/useVsCode.ts';

describe('storage pools', function () {
  this.timeout(60_000);
  let scene: LabHome;
  let kvm1: LabHost;

  const vscode = useVsCode(async () => {
    scene = await startLabHome(console.log);
    kvm1 = scene.lab.host('kvm1');
    const keyring = await scene.lab.ceph.machine.run(['ceph', 'auth', 'get', 'client.libvirt']);
    await kvm1.machine.writeFile('/etc/ceph/ceph.client.libvirt.keyring', keyring);
    return { home: scene.home, settings: scene.settings };
  });

  after(async () => {
    await scene.stop();
  });

  it('of a folder are made from the group’s row, with the folder, started and with the host', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput, notifications } = workbench;
    await workbench.openViewContainer('Libvirt');
    await sideBar.row(/^Host kvm1/).expand();
    await sideBar.row(/^Storage Pools of kvm1/).expand();
    await sideBar.row(/^Storage Pools of kvm1/).pressInlineAction('New Storage Pool…');
    await quickInput.waitForTitle('New Storage Pool on kvm1');
    await quickInput.options();
    await workbench.screenshot('pools-types');
    await quickInput.pick('Folder');
    await quickInput.waitForMessage('Name of the pool');
    assert.equal(await quickInput.value(), 'images-2');
    await quickInput.fill('images');
    await quickInput.waitForMessage('kvm1 has a storage pool images already.');
    await quickInput.answer('vms');
    await quickInput.waitForMessage('Folder on kvm1');
    assert.equal(await quickInput.value(), '/var/lib/libvirt/images/vms');
    await quickInput.answer('/srv/vms/');
    assert.deepEqual(await quickInput.options(), [
      ...['Make the folder', 'Start the pool', 'Start it with the host, from now on', 'Show the XML first'],
    ]);
    await workbench.screenshot('pools-steps');
    await quickInput.accept();
    await notifications.waitFor('The pool vms is set up on kvm1 and active.');
    await sideBar.row('Storage pool vms').waitFor();
    const info = await kvm1.virsh('pool-info', 'vms');
    assert.match(info, /State:\s+running/);
    assert.match(info, /Autostart:\s+yes/);
    assert.match(await kvm1.virsh('pool-dumpxml', 'vms'), /<path>\/srv\/vms<\/path>/);
  });

  it('of RBD images are made with what the host and Ceph propose, and a new secret', async () => {
    const { workbench } = vscode;
    const { quickInput, notifications, sideBar } = workbench;
    await sideBar.row(/^Storage Pools of kvm1/).pressInlineAction('New Storage Pool…');
    await quickInput.options();
    await quickInput.pick('Ceph RBD');
    const { host, port } = scene.lab.ceph.monitor;
    await quickInput.pick(`${host}:${port}`);
    await quickInput.pick('libvirt-pool');
    await quickInput.waitForTitle('New Storage Pool on kvm1 (4)');
    await quickInput.options();
    await quickInput.fill('client.libvirt');
    await workbench.screenshot('pools-rbd-user');
    await quickInput.accept();
    await quickInput.pick(/New secret: with the key in .*keyring on kvm1/);
    await quickInput.waitForMessage('Name of the new secret');
    assert.equal(await quickInput.value(), 'client.libvirt');
    await quickInput.accept();
    await quickInput.waitForMessage('Name of the pool');
    await quickInput.answer('ceph-vms');
    await quickInput.pick('Show the XML first');
    await workbench.screenshot('pools-rbd-steps');
    await quickInput.accept();
    const question = 'Define the pool ceph-vms on kvm1 with this XML? Its secret is made at the same time.';
    await notifications.waitFor(question);
    await workbench.screenshot('pools-rbd-review');
    await notifications.press(question, 'Define');
    await notifications.waitFor('The pool ceph-vms is set up on kvm1 and active.');
    const xml = await kvm1.virsh('pool-dumpxml', 'ceph-vms');
    const uuid = /<secret uuid='([^']+)'/.exec(xml)?.[1] ?? '';
    assert.match(await kvm1.virsh('secret-dumpxml', uuid), /<name>client\.libvirt<\/name>/);
    assert.match(await kvm1.virsh('vol-list', 'ceph-vms'), /web1-data/);
    await workbench.screenshot('pools-rbd-done');
  });

  it('are undefined after a question that names the domains with disks in them', async () => {
    const { workbench } = vscode;
    const { dialog, sideBar } = workbench;
    await sideBar.row('Storage pool ceph-vms').chooseFromMenu('Undefine Pool…');
    const question = await dialog.text();
    assert.match(question, /Undefine the pool ceph-vms on kvm1\?/);
    assert.match(question, /Domains with disks in it: .*web1 \(running\)/);
    await workbench.screenshot('pools-undefine');
    await dialog.press('Stop and Undefine');
    await sideBar.row('Storage pool ceph-vms').waitUntilGone();
    assert.doesNotMatch(await kvm1.virsh('pool-list', '--all'), /ceph-vms/);
  });

  it('have their storage deleted and built again', async () => {
    const { workbench } = vscode;
    const { dialog, sideBar } = workbench;
    const row = sideBar.row('Storage pool vms');
    await kvm1.virsh('pool-destroy', 'vms');
    await sideBar.row(/^Storage pool vms, inactive/).waitFor();
    await row.chooseFromMenu('Delete Storage of Pool…');
    assert.match(await dialog.text(), /Removes the folder \/srv\/vms on kvm1, which must be empty\./);
    await workbench.screenshot('pools-delete');
    await dialog.press('Delete Storage');
    await row.chooseFromMenu('Build Pool…');
    assert.match(await dialog.text(), /Makes the folder \/srv\/vms on kvm1/);
    assert.equal((await kvm1.exec(['ls', '/srv/vms'])).exitCode, 2);
    await dialog.press('Make Folder');
    await row.chooseFromMenu('Start Pool');
    await sideBar.row(/^Storage pool vms, active/).waitFor();
  });

  it('are defined on another host too, with the folder that they need', async () => {
    const { workbench } = vscode;
    const { dialog, notifications, quickInput, sideBar } = workbench;
    await sideBar.row(/^Host kvm2/).expand();
    await sideBar.row('Storage pool vms').chooseFromMenu('Copy Pool to Another Host…');
    await quickInput.waitForTitle('Copy the Pool vms of kvm1');
    assert.deepEqual(await quickInput.options(), ['kvm2']);
    await quickInput.accept();
    assert.match(await dialog.text(), /no volume is copied/);
    await workbench.screenshot('pools-copy');
    await dialog.press('Copy Definition');
    await notifications.waitFor('The pool vms is set up on kvm2 and active.');
    const [here, there] = await Promise.all(
      [kvm1, scene.lab.host('kvm2')].map((host) => host.virsh('pool-info', 'vms')),
    );
    const words = (info = ''): string => info.replaceAll(/(Capacity|Allocation|Available).*/g, '');
    assert.equal(words(there), words(here));
  });

  it('of RBD images are shown as what another host cannot have, with the package that it lacks', async () => {
    const { workbench } = vscode;
    const { quickInput, sideBar } = workbench;
    await sideBar.row(/^Host kvm1/).collapse();
    await sideBar.row(/^Storage Pools of kvm2/).pressInlineAction('New Storage Pool…');
    await quickInput.options();
    await quickInput.fill('rbd');
    await workbench.screenshot('pools-unsupported');
    await quickInput.pick(/not on kvm2.*libvirt-daemon-driver-storage-rbd/);
    assert.equal(await quickInput.title(), 'New Storage Pool on kvm2 (1)');
    await quickInput.cancel();
  });
});
