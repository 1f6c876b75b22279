import assert from 'node:assert/strict';
import { startLabHome, type LabHome } from '../../tools/labHome.ts';
import type { LabHost } from '../../tools/lab/host.ts';
import { useVsCode } from './support/useVsCode.ts';
import { waitUntil } from './support/waiting.ts';

const file = '/var/lib/libvirt/images/cache1.qcow2';

describe('a disk', function () {
  this.timeout(60_000);
  let scene: LabHome;
  let kvm1: LabHost;

  const vscode = useVsCode(async () => {
    scene = await startLabHome(console.log);
    kvm1 = scene.lab.host('kvm1');
    return { home: scene.home, settings: scene.settings };
  });

  after(async () => {
    await scene.stop();
  });

  it('of a domain that is off is moved to RBD by a plan, and its old file is deleted after a question', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput, notifications, dialog } = workbench;
    await workbench.openViewContainer('Libvirt');
    await sideBar.row(/^Host kvm1/).expand();
    await sideBar.row(/^Domains of kvm1/).expand();
    await sideBar.row(/^Domain cache1/).expand();
    await sideBar.row('Disk vda').chooseFromMenu('Move Disk to RBD…');
    await quickInput.waitForTitle('Move vda of cache1 on kvm1 to RBD');
    await quickInput.waitForMessage(/name of the RBD image for vda in libvirt-pool/);
    assert.equal(await quickInput.value(), 'cache1-vda');
    await workbench.screenshot('move-name');
    await quickInput.accept();
    await quickInput.waitForOption('A clone of cache1');
    await workbench.screenshot('move-who');
    await quickInput.pick('cache1 itself');
    await quickInput.pick('Compare');
    await workbench.screenshot('move-options');
    await quickInput.accept();
    const plan = workbench.editor('Move vda of cache1 on kvm1 to RBD.sh');
    await plan.waitFor();
    await waitUntil('the lenses', async () => (await plan.codeLenses()).join().includes('Run This Plan'));
    await workbench.screenshot('move-plan');
    assert.match(await kvm1.virsh('domblklist', 'cache1'), /cache1\.qcow2/);
    await plan.pressCodeLens('Run This Plan');
    await notifications.waitFor(/vda of cache1 on kvm1 uses libvirt-pool\/cache1-vda now/);
    await sideBar.row('Disk vda, rbd libvirt-pool/cache1-vda').waitFor();
    await workbench.screenshot('move-done');
    assert.match(await kvm1.virsh('domblklist', 'cache1'), /vda +libvirt-pool\/cache1-vda/);
    assert.match(await kvm1.virsh('vol-list', 'rbd-pool'), /cache1-vda/);
    await notifications.press(/uses libvirt-pool\/cache1-vda now/, 'Delete Old Source…');
    const question = await dialog.text();
    assert.match(question, /Delete \/var\/lib\/libvirt\/images\/cache1\.qcow2 on kvm1/);
    await workbench.screenshot('move-delete-old');
    await dialog.press('Delete');
    await waitUntil(
      'the end of the old file',
      async () => (await kvm1.exec(['test', '-e', file])).exitCode !== 0,
    );
  });

  it('of a domain that runs goes back to a file while it runs, and that can be undone', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput, notifications, dialog } = workbench;
    await kvm1.virsh('start', 'cache1', '--paused');
    await sideBar.row(/^Domain cache1, paused/).waitFor();
    await sideBar.row(/^Domain cache1/).chooseFromMenu('Devices', 'Move Disks to Files…');
    await quickInput.waitForTitle('Move Disks of cache1 on kvm1 to Files');
    await workbench.screenshot('move-which');
    await quickInput.accept();
    await quickInput.pick('qcow2');
    await quickInput.waitForMessage(/name of the file for vda in the pool images/);
    await quickInput.accept();
    await quickInput.waitForMessage(/per second/);
    await quickInput.accept();
    const plan = workbench.editor('Move vda of cache1 on kvm1 to files.sh');
    await plan.waitFor();
    await plan.pressCodeLens('Run This Plan');
    await notifications.waitFor(/vda of cache1 on kvm1 uses .*cache1-vda\.qcow2 now/);
    assert.match(await kvm1.virsh('domblklist', 'cache1'), /vda +\S*cache1-vda\.qcow2/);
    await workbench.screenshot('move-live-done');
    await plan.pressCodeLens('Undo');
    assert.match(await dialog.text(), /Copy vda of cache1 back into libvirt-pool\/cache1-vda/);
    await dialog.press('Undo');
    await sideBar.row('Disk vda, rbd libvirt-pool/cache1-vda').waitFor();
    await waitUntil('the undo', async () => {
      const lenses = (await plan.codeLenses()).join();
      return lenses.includes('Run Again') && !lenses.includes('Undo');
    });
    await workbench.screenshot('move-live-undone');
    assert.match(await kvm1.virsh('domblklist', 'cache1', '--inactive'), /vda +libvirt-pool\/cache1-vda/);
    assert.doesNotMatch(await kvm1.virsh('vol-list', 'images'), /cache1-vda/);
  });
});
