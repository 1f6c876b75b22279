import assert from 'node:assert/strict';
import { startLabHome, type LabHome } from '../../tools/labHome.ts';
import type { LabHost } from '../../tools/lab/host.ts';
import { useVsCode } from './support/useVsCode.ts';
import { waitUntil } from './support/waiting.ts';

describe('devices', function () {
  this.timeout(60_000);
  let scene: LabHome;
  let kvm1: LabHost;

  const vscode = useVsCode(async () => {
    scene = await startLabHome(console.log);
    kvm1 = scene.lab.host('kvm1');
    await kvm1.virsh('start', 'cache1', '--paused');
    return { home: scene.home, settings: scene.settings };
  });

  after(async () => {
    await scene.stop();
  });

  it('are rows below their domain, with all facts of a disk in its tooltip', async () => {
    const { workbench } = vscode;
    const { sideBar } = workbench;
    await workbench.openViewContainer('Libvirt');
    await sideBar.row(/^Host kvm1/).expand();
    await sideBar.row(/^Domains of kvm1/).expand();
    await sideBar.row(/^Domain web1/).expand();
    await (await sideBar.row('Disk vda').element()).hover();
    const tooltip = workbench.page.locator('.monaco-hover', { hasText: 'Monitors' });
    await tooltip.waitFor();
    assert.match(await tooltip.innerText(), /Monitors: 10\.10\.0\.1:6789/);
    await workbench.screenshot('devices-tooltip');
  });

  it('are attached: a new RBD volume is made and plugged into the running guest', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput, notifications } = workbench;
    await sideBar.row(/^Domain web1/).chooseFromMenu('Devices', 'Attach Disk…');
    await quickInput.waitForTitle('Attach a Disk to web1 on kvm1');
    await workbench.screenshot('devices-attach-what');
    await quickInput.pick('A new volume');
    await quickInput.pick('rbd-pool');
    await quickInput.waitForMessage(/name of the volume/);
    await quickInput.answer('web1-logs');
    await quickInput.waitForMessage(/capacity/);
    await quickInput.answer('64M');
    await waitUntil('the summary', async () => (await quickInput.options()).includes('Attach as vdc'));
    await workbench.screenshot('devices-attach-summary');
    await quickInput.accept();
    await notifications.waitFor('vdc is attached to web1 on kvm1: now and at the next start.');
    await sideBar.row('Disk vdc, rbd libvirt-pool/web1-logs').waitFor();
    assert.match(await kvm1.virsh('domblklist', 'web1'), /vdc +libvirt-pool\/web1-logs/);
    assert.match(await kvm1.virsh('domblklist', 'web1', '--inactive'), /vdc +libvirt-pool\/web1-logs/);
    await workbench.screenshot('devices-attached');
  });

  it('get another ISO', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput, notifications } = workbench;
    await sideBar.row(/^Domain web1/).collapse();
    await sideBar.row(/^Domain cache1/).expand();
    await sideBar.row('Disk hda').chooseFromMenu('Eject Medium');
    await notifications.waitFor('hda of cache1 on kvm1 is empty now.');
    assert.match(await kvm1.virsh('domblklist', 'cache1'), /hda +-/);
    await sideBar.row('Disk hda').chooseFromMenu('Change ISO…');
    await quickInput.waitForTitle('ISO in hda of cache1 on kvm1');
    await waitUntil('the ISOs', async () => (await quickInput.options()).includes('installer.iso'));
    await workbench.screenshot('devices-iso');
    await quickInput.pick('installer.iso');
    await notifications.waitFor(/hda of cache1 on kvm1 holds .*installer\.iso now/);
    assert.match(await kvm1.virsh('domblklist', 'cache1', '--inactive'), /hda +\S*installer\.iso/);
  });

  it('are copied while the guest uses them, and go on with the copy', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput, notifications } = workbench;
    await sideBar.row(/^Domain cache1/).collapse();
    await sideBar.row(/^Domain web1/).expand();
    await sideBar.row('Disk vda').chooseFromMenu('Copy, Commit and Pull', 'Copy Disk to Other Storage…');
    await quickInput.waitForTitle('Copy vda of web1 on kvm1');
    await quickInput.pick('A new volume');
    await quickInput.pick('rbd-pool');
    await quickInput.waitForMessage(/name of the volume/);
    await quickInput.answer('web1-moved');
    await quickInput.pick('Go on with the copy');
    await quickInput.waitForMessage(/per second/);
    await quickInput.answer('4M');
    await notifications.waitFor(/^vda of web1 on kvm1 is on the copy now/);
    await sideBar.row('Disk vda, rbd libvirt-pool/web1-moved').waitFor();
    assert.match(await kvm1.virsh('domblklist', 'web1'), /vda +libvirt-pool\/web1-moved/);
    assert.match(await kvm1.virsh('domblklist', 'web1', '--inactive'), /vda +libvirt-pool\/web1-moved/);
    await workbench.screenshot('devices-copied');
  });

  it('are detached, after a question that names them', async () => {
    const { workbench } = vscode;
    const { sideBar, dialog, notifications } = workbench;
    await sideBar.row('Disk vdc').chooseFromMenu('Detach Disk…');
    const question = await dialog.text();
    assert.match(question, /Detach the disk vdc \(rbd libvirt-pool\/web1-logs\) from web1 on kvm1\?/);
    assert.match(question, /Its data stays where it is\./);
    await workbench.screenshot('devices-detach');
    await dialog.press('Detach');
    await notifications.waitFor('vdc is detached from web1 on kvm1: now and at the next start.');
    await sideBar.row('Disk vdc').waitUntilGone();
    assert.doesNotMatch(await kvm1.virsh('domblklist', 'web1'), /vdc/);
    await workbench.screenshot('devices-detached');
  });
});
