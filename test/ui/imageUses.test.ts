import assert from 'node:assert/strict';
import { startLabHome, type LabHome } from '../../tools/labHome.ts';
import { useVsCode } from './support/useVsCode.ts';

describe('who uses an RBD image, and its deletion', function () {
  this.timeout(60_000);
  let scene: LabHome;

  const vscode = useVsCode(async () => {
    scene = await startLabHome(console.log);
    await rbd('create', 'libvirt-pool/lonely', '--size', '1G');
    return { home: scene.home, settings: scene.settings };
  });
  const rbd = (...args: string[]): Promise<string> => scene.lab.ceph.machine.run(['rbd', ...args]);

  after(async () => {
    await scene.stop();
  });

  it('are rows below the image', async () => {
    const { workbench } = vscode;
    const { sideBar } = workbench;
    await workbench.openViewContainer('Libvirt');
    await sideBar.row(/^Host kvm1/).expand();
    await sideBar.row(/^Ceph cluster ceph/).waitFor();
    await sideBar.row(/^Host kvm1/).collapse();
    await sideBar.row(/^Ceph cluster ceph/).expand();
    await sideBar.row(/^Ceph Pools of the Ceph cluster ceph/).expand();
    await sideBar.row(/^Ceph pool libvirt-pool/).expand();
    await sideBar.row(/^RBD image web1 of the Ceph pool libvirt-pool/).expand();
    await sideBar.row(/^Watcher: web1 on kvm1/).waitFor();
    await workbench.screenshot('image-uses-rows');
  });

  it('are listed with volumes and clones, where one jumps from', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput } = workbench;
    await sideBar.row(/^RBD image template-linux of the Ceph pool libvirt-pool/).chooseFromMenu('Show Uses');
    await quickInput.waitForTitle('Who uses libvirt-pool/template-linux');
    await workbench.screenshot('image-uses-list');
    await quickInput.cancel();
  });

  it('stop the trash and the deletion: what is to be done is shown as a plan', async () => {
    const { workbench } = vscode;
    const { sideBar } = workbench;
    const editor = workbench.editor('Delete the RBD image libvirt-pool∕web1-data.sh');
    await sideBar
      .row(/^RBD image web1-data of the Ceph pool libvirt-pool/)
      .chooseFromMenu('Delete RBD Image…');
    await editor.waitForText(/Shut down web1 on kvm1/);
    await workbench.screenshot('image-delete-plan');
    assert.match(await rbd('ls', 'libvirt-pool'), /web1-data/);
  });

  it('is a question where nobody does', async () => {
    const { workbench } = vscode;
    const { sideBar, dialog } = workbench;
    await sideBar.row(/^RBD image lonely of the Ceph pool libvirt-pool/).chooseFromMenu('Delete RBD Image…');
    assert.match(await dialog.text(), /Delete the RBD image libvirt-pool\/lonely of the Ceph cluster ceph\?/);
    await workbench.screenshot('image-delete-question');
    await dialog.press('Delete RBD Image');
    await sideBar.row(/^RBD image lonely/).waitUntilGone();
    assert.doesNotMatch(await rbd('ls', 'libvirt-pool'), /lonely/);
  });

  it('is a report of the whole pool: which images nobody uses', async () => {
    const { workbench } = vscode;
    const { sideBar } = workbench;
    const editor = workbench.editor('RBD images and their users.txt');
    await sideBar.row(/^Ceph pool libvirt-pool/).chooseFromMenu('Find Unused RBD Images');
    await editor.waitForText(/Used only by their clones/);
    await workbench.screenshot('image-uses-report');
  });

  it('lead to the domain', async () => {
    const { workbench } = vscode;
    const { sideBar } = workbench;
    await sideBar.row(/^Watcher: web1 on kvm1/).chooseFromMenu('Reveal Domain');
    await sideBar.row(/^Domain web1, running/).waitFor();
    await workbench.screenshot('image-uses-domain');
  });
});
