import assert from 'node:assert/strict';
import type { LabHost } from '../../tools/lab/host.ts';
import { startLabHome, type LabHome } from '../../tools/labHome.ts';
import { useVsCode } from './support/useVsCode.ts';
import { waitUntil } from './support/waiting.ts';

const menu = 'Power and State';

describe('what is done to domains', function () {
  this.timeout(60_000);
  let scene: LabHome;
  let kvm1: LabHost;

  const vscode = useVsCode(async () => {
    scene = await startLabHome(console.log);
    kvm1 = scene.lab.host('kvm1');
    // Its disk is empty: its firmware never listens to the power button.
    await kvm1.virsh('start', 'cache1');
    return { home: scene.home, settings: { ...scene.settings, 'libvirt.shutdownTimeout': 3 } };
  });

  after(async () => {
    await scene.stop();
  });

  it('a guest that does not shut down is offered to be forced off', async () => {
    const { workbench } = vscode;
    await workbench.openViewContainer('Libvirt');
    await workbench.sideBar.row(/^Host kvm1/).expand();
    await workbench.sideBar.row('Domains of kvm1: 3').expand();
    await workbench.sideBar.row(/^Domain cache1, running/).chooseFromMenu('Shut Down Domain');
    const late = /cache1 on kvm1 has not shut down within 3 s/;
    await workbench.notifications.waitFor(late);
    assert.deepEqual(await workbench.notifications.buttons(late), ['Force Off…', 'Wait Longer', 'Leave It']);
    await workbench.screenshot('verbs-1-late');
    await workbench.notifications.press(late, 'Force Off…');
    assert.match(await workbench.dialog.text(), /Force off cache1 on kvm1\?[^]*pulling the plug/);
    await workbench.screenshot('verbs-2-force-off');
    await workbench.dialog.press('Force Off');
    await workbench.sideBar.row('Domain cache1, shut off').waitFor();
    assert.match(await kvm1.virsh('domstate', 'cache1'), /shut off/);
  });

  it('a running domain is cloned with its RBD disks', async () => {
    const { workbench } = vscode;
    await workbench.sideBar.row(/^Domain web1, running/).chooseFromMenu('Clone Domain…');
    await workbench.quickInput.waitForTitle('Clone web1 on kvm1');
    assert.equal(await workbench.quickInput.value(), 'web1-clone');
    await workbench.screenshot('verbs-3-clone-name');
    await workbench.quickInput.answer('web1');
    await workbench.quickInput.waitForMessage(/has a domain web1 already/);
    await workbench.quickInput.answer('web2');
    await waitUntil('the ways', async () => (await workbench.quickInput.options()).includes('Copy-on-write'));
    await workbench.screenshot('verbs-4-clone-disks');
    await workbench.quickInput.pick('Copy-on-write');
    assert.match(await workbench.dialog.text(), /Clone web1 on kvm1 as web2\?[^]*vda: copy-on-write in web2/);
    await workbench.screenshot('verbs-5-clone-review');
    await workbench.dialog.press('Clone');
    await workbench.notifications.waitFor(/web2 is defined on kvm1/);
    await workbench.sideBar.row('Domain web2, shut off').waitFor();
    assert.match(
      await kvm1.virsh('domblklist', 'web2'),
      /vda\s+libvirt-pool\/web2\n.*vdb\s+libvirt-pool\/web2-data/,
    );
    await workbench.notifications.press(/web2 is defined on kvm1/, 'Start');
    await workbench.sideBar.row('Domain web2, running').waitFor();
    await workbench.screenshot('verbs-6-cloned');
  });

  it('a saved state shows, and is resumed by a start', async () => {
    const { workbench } = vscode;
    await workbench.sideBar.row(/^Domain web2, running/).chooseFromMenu('Save State of Domain');
    const saved = workbench.sideBar.row('Domain web2, shut off · has a saved state');
    await saved.waitFor();
    assert.match(await kvm1.virsh('list', '--with-managed-save', '--inactive', '--name'), /web2/);
    await saved.chooseFromMenu(menu, 'Remove Saved State of Domain…');
    assert.match(await workbench.dialog.text(), /Remove the saved state of web2 on kvm1\?/);
    await workbench.dialog.press('Remove');
    await workbench.sideBar.row('Domain web2, shut off').waitFor();
  });

  it('CPUs are set for the next start', async () => {
    const { workbench } = vscode;
    await workbench.sideBar.row('Domain web2, shut off').chooseFromMenu('Change', 'Set CPUs of Domain…');
    await workbench.quickInput.waitForTitle('CPUs of web2 on kvm1');
    await workbench.screenshot('verbs-7-cpus');
    await workbench.quickInput.answer('3');
    await workbench.notifications.waitFor(/web2 on kvm1 starts with 3 CPUs\./);
    assert.match(await kvm1.virsh('vcpucount', 'web2', '--maximum', '--config'), /3/);
  });

  it('a domain is undefined with its volumes', async () => {
    const { workbench } = vscode;
    await workbench.sideBar.row('Domain web2, shut off').chooseFromMenu('Undefine or Delete Domain…');
    await workbench.quickInput.waitForTitle('Undefine web2 on kvm1');
    assert.deepEqual(await workbench.quickInput.options(), [
      'Volume rbd-pool/web2',
      'Volume rbd-pool/web2-data',
    ]);
    await workbench.quickInput.pick('Volume rbd-pool/web2-data');
    await workbench.quickInput.pick(/Volume rbd-pool\/web2(?!-data)/);
    await workbench.screenshot('verbs-8-undefine');
    await workbench.quickInput.accept();
    const question = await workbench.dialog.text();
    assert.match(question, /Undefine web2 on kvm1\?[^]*lost for good[^]*vda: rbd-pool\/web2/);
    await workbench.screenshot('verbs-9-undefine-review');
    await workbench.dialog.press('Undefine and Delete 2 Volumes');
    await workbench.sideBar.row(/^Domain web2/).waitUntilGone();
    await waitUntil(
      'its volumes to go',
      async () => !(await kvm1.virsh('vol-list', 'rbd-pool')).includes('web2'),
    );
    assert.doesNotMatch(await kvm1.virsh('list', '--all', '--name'), /web2/);
  });
});
