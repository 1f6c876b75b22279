import assert from 'node:assert/strict';
import type { LabHost } from '../../tools/lab/host.ts';
import { startLabHome, type LabHome } from '../../tools/labHome.ts';
import { useVsCode } from './support/useVsCode.ts';
import { waitUntil } from './support/waiting.ts';

describe('snapshots', function () {
  this.timeout(90_000);
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

  const names = async (): Promise<string[]> =>
    (await kvm1.virsh('snapshot-list', 'cache1', '--name')).split('\n').filter((name) => name !== '');

  it('are taken of a domain whose disks are qcow2', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput } = workbench;
    await workbench.openViewContainer('Libvirt');
    await sideBar.row(/^Host kvm1/).expand();
    await sideBar.row('Domains of kvm1: 3').expand();
    await sideBar.row(/^Domain cache1,/).expand();
    await sideBar.row(/^Snapshots of cache1: 0/).expand();
    await sideBar.row('No snapshots').waitFor();
    await sideBar.row(/^Snapshots of cache1/).pressInlineAction('Take Snapshot…');
    await quickInput.waitForTitle('Take a Snapshot of cache1 on kvm1');
    assert.match(await quickInput.value(), /^\d{4}-\d\d-\d\d-\d{4}$/);
    await quickInput.fill('../evil');
    await quickInput.waitForMessage('no slash');
    await quickInput.answer('fresh');
    await quickInput.waitForTitle('(2)');
    await quickInput.answer('before <the> upgrade');
    await quickInput.waitForTitle('(3)');
    await workbench.screenshot('snapshots-kinds');
    assert.deepEqual(await quickInput.options(), ['Disks, internal', 'Disks only, external']);
    await quickInput.pick('Disks, internal');
    await sideBar.row(/^Snapshot fresh, current/).waitFor();
    assert.deepEqual(await names(), ['fresh']);
  });

  it('show what they build upon, and their XML', async () => {
    const { workbench } = vscode;
    await kvm1.virsh('snapshot-create-as', 'cache1', 'second');
    await workbench.sideBar.row(/^Snapshots of cache1/).pressInlineAction('Refresh Snapshots');
    const second = workbench.sideBar.row(/^Snapshot fresh/, /^Snapshot second, current/);
    await second.waitFor();
    await second.click();
    await workbench.editor('second.xml').waitForText('<name>fresh</name>');
    await workbench.screenshot('snapshots-tree');
  });

  it('are reverted to after a question that says what is lost', async () => {
    const { workbench } = vscode;
    await workbench.sideBar.row(/^Snapshot fresh/).chooseFromMenu('Revert to Snapshot…');
    await workbench.quickInput.pick('As it was then: shut off');
    assert.match(
      await workbench.dialog.text(),
      /Revert cache1 on kvm1 to the snapshot fresh\?[^]*What the disks of the domain hold now is lost/,
    );
    await workbench.screenshot('snapshots-revert');
    await workbench.dialog.press('Revert');
    await workbench.sideBar.row(/^Snapshot fresh, current/).waitFor();
    assert.equal((await kvm1.virsh('snapshot-current', 'cache1', '--name')).trim(), 'fresh');
  });

  it('are deleted with those that build upon them', async () => {
    const { workbench } = vscode;
    await workbench.sideBar.row(/^Snapshot fresh/).chooseFromMenu('Delete Snapshot…');
    assert.match(
      await workbench.dialog.text(),
      /These build upon it and stay, unless you delete them too: second\./,
    );
    await workbench.screenshot('snapshots-delete');
    await workbench.dialog.press('Delete With 1 Below');
    await workbench.sideBar.row('No snapshots').waitFor();
    assert.deepEqual(await names(), []);
    await workbench.sideBar.row(/^Domain cache1,/).collapse();
  });

  it('of RBD disks are taken by Ceph, while the guest is frozen', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput } = workbench;
    await waitUntil('the guest agent', async () => {
      const { exitCode } = await kvm1.exec(['virsh', 'domtime', 'web1']);
      return exitCode === 0;
    });
    await sideBar.row(/^Domain web1,/).expand();
    await sideBar.row(/^RBD snapshots of web1/).expand();
    await sideBar.row('No RBD snapshots').waitFor();
    await sideBar.row(/^RBD snapshots of web1/).pressInlineAction('Take RBD Snapshot of All Disks…');
    await quickInput.waitForTitle('Take an RBD Snapshot of web1 on kvm1');
    await quickInput.waitForMessage('One name for the snapshots of vda, vdb.');
    await quickInput.answer('golden');
    await quickInput.waitForTitle('(2)');
    await quickInput.pick('Freeze the file systems');
    await sideBar.row(/^RBD snapshot golden, .* · all RBD disks/).waitFor();
    await workbench.notifications.waitFor('the RBD snapshot golden of vda, vdb is taken');
    await sideBar.row(/^RBD snapshots of web1: 1/).waitFor();
    await workbench.screenshot('snapshots-rbd');
    assert.match(await kvm1.run(['rbd', 'snap', 'ls', 'libvirt-pool/web1-data']), /golden/);
    assert.match(
      await kvm1.virsh('qemu-agent-command', 'web1', '{"execute":"guest-fsfreeze-status"}'),
      /thawed/,
    );
  });

  it('of RBD disks are rolled back to, with the domain stopped and started around it', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput, dialog } = workbench;
    await sideBar.row(/^RBD snapshot golden/).chooseFromMenu('Roll Back to RBD Snapshot…');
    await quickInput.pick('Force off');
    await quickInput.waitForTitle('(2)');
    await quickInput.pick('Keep it in a snapshot');
    assert.match(
      await dialog.text(),
      /Roll back the disks of web1 on kvm1 to golden\?[^]*before-golden keeps it/,
    );
    await workbench.screenshot('snapshots-rollback');
    await dialog.press('Roll Back');
    await workbench.notifications.waitFor('The disks of web1 on kvm1 are what they were at golden.');
    await sideBar.row(/^Domain web1, running/).waitFor();
    await sideBar.row(/^RBD snapshot before-golden/).waitFor();
    await workbench.screenshot('snapshots-rolled-back');
    assert.match(await kvm1.virsh('domstate', 'web1'), /^running/);
  });

  it('of RBD disks are deleted', async () => {
    const { workbench } = vscode;
    await workbench.sideBar.row(/^RBD snapshot before-golden/).chooseFromMenu('Delete RBD Snapshot…');
    assert.match(await workbench.dialog.text(), /Delete the RBD snapshot before-golden of web1 on kvm1\?/);
    await workbench.dialog.press('Delete');
    await workbench.sideBar.row(/^RBD snapshot before-golden/).waitUntilGone();
    assert.doesNotMatch(await kvm1.run(['rbd', 'snap', 'ls', 'libvirt-pool/web1']), /before-golden/);
  });

  it('of RBD disks by libvirt are declined with the way to Ceph’s', async () => {
    const { workbench } = vscode;
    await workbench.sideBar.row(/^Domain web1,/).chooseFromMenu('Snapshots', 'Take Snapshot…');
    const text = 'libvirt takes no snapshots of RBD images';
    await workbench.notifications.waitFor(text);
    assert.deepEqual(await workbench.notifications.buttons(text), ['Take RBD Snapshot…']);
    await workbench.screenshot('snapshots-declined');
  });
});
