import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startLabHome, type LabHome } from '../../tools/labHome.ts';
import type { LabHost } from '../../tools/lab/host.ts';
import { useVsCode } from './support/useVsCode.ts';
import { waitUntil } from './support/waiting.ts';

describe('new domains', function () {
  this.timeout(90_000);
  let scene: LabHome;
  let kvm1: LabHost;

  const vscode = useVsCode(async () => {
    scene = await startLabHome(console.log);
    kvm1 = scene.lab.host('kvm1');
    await writeFile(join(scene.home, '.ssh', 'id_ed25519.pub'), 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 me@desk\n');
    return { home: scene.home, settings: scene.settings };
  });

  after(async () => {
    await scene.stop();
  });

  it('come from a cloud image in Ceph, reviewed as XML, and run', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput, dialog, notifications } = workbench;
    await workbench.openViewContainer('Libvirt');
    await sideBar.row(/^Host kvm1/).expand();
    await sideBar.row(/^Domains of kvm1/).pressInlineAction('New Domain…');
    await quickInput.waitForTitle('New Domain on kvm1');
    await quickInput.fill('web1');
    await quickInput.waitForMessage('kvm1 has a domain web1 already.');
    await quickInput.answer('web9');
    await quickInput.waitForOption('Debian 12');
    await workbench.screenshot('new-domain-system');
    await quickInput.pick('Debian 12');
    await quickInput.waitForOption('From a cloud image');
    await workbench.screenshot('new-domain-installation');
    await quickInput.pick('From a cloud image');
    await quickInput.pick('template-linux');
    await quickInput.waitForOption('A new volume in rbd-pool');
    await workbench.screenshot('new-domain-pool');
    await quickInput.accept();
    await quickInput.waitForMessage('How large the disk is to be.');
    await quickInput.answer('64 MiB');
    await quickInput.waitForMessage('host name of the guest');
    await quickInput.accept();
    await quickInput.waitForMessage('a user who may use sudo');
    await quickInput.answer('admin');
    await quickInput.waitForOption('id_ed25519.pub');
    await workbench.screenshot('new-domain-keys');
    await quickInput.accept();
    await quickInput.waitForMessage('Empty: it logs in with its key alone.');
    await quickInput.accept();
    await quickInput.waitForMessage('packages to install');
    await quickInput.accept();
    await quickInput.waitForMessage('Its memory.');
    await quickInput.answer('512 MiB');
    await quickInput.waitForMessage('Its CPUs.');
    await quickInput.answer('1');
    await quickInput.waitForOption('default');
    await quickInput.pick('default');
    await quickInput.waitForOption('Review the XML');
    await workbench.screenshot('new-domain-settings');
    await quickInput.pick('Review the XML');
    const editor = workbench.editor('web9.xml');
    await editor.waitForText('<name>web9</name>');
    assert.equal(await editor.isDirty(), true);
    assert.doesNotMatch(await kvm1.virsh('vol-list', 'rbd-pool'), /web9/);
    assert.deepEqual(await workbench.problems(), []);
    await workbench.page.keyboard.press('Control+j');
    assert.deepEqual(await editor.codeLenses(), ['Create on kvm1…', 'Discard']);
    await workbench.screenshot('new-domain-review');
    await editor.pressCodeLens('Create on kvm1…');
    const question = await dialog.text();
    assert.match(question, /Create web9 on kvm1\?/);
    assert.match(
      question,
      /A new volume web9 of 64 MiB in rbd-pool, a clone of template-linux, which must stay\./,
    );
    await workbench.screenshot('new-domain-question');
    await dialog.press('Create and Start');
    await notifications.waitFor(/web9 runs on kvm1\. cloud-init sets it up now/);
    await sideBar.row(/^Host kvm1/).waitFor();
    await sideBar.row(/^Domains of kvm1/).expand();
    await sideBar.row(/^Domain web9, running/).waitFor();
    await editor.waitUntilSaved();
    await editor.waitForText(/<uuid>/);
    await workbench.screenshot('new-domain-running');
    assert.match(
      await kvm1.virsh('domblklist', 'web9'),
      /vda +libvirt-pool\/web9\n +sda +libvirt-pool\/web9-seed/,
    );
  });

  it('come from the document in front, with disks of their own', async () => {
    const { workbench } = vscode;
    const { quickInput, dialog, sideBar } = workbench;
    await sideBar.row(/^Domain cache1/).click();
    await workbench.editor('cache1.xml').waitForText('<name>cache1</name>');
    await workbench.runCommand('Libvirt: New Domain From This Document…');
    await quickInput.waitForTitle('New Domain from cache1');
    assert.equal(await quickInput.value(), 'cache2');
    await quickInput.accept();
    await quickInput.pick('New empty volumes of the same size');
    const editor = workbench.editor('cache2.xml');
    await editor.waitForText('/var/lib/libvirt/images/cache2.qcow2');
    await editor.pressSave();
    assert.match(await dialog.text(), /A new volume cache2.qcow2 of 8 GiB in images\./);
    await dialog.press('Create Only');
    await sideBar.row('Domain cache2, shut off').waitFor();
    assert.match(await kvm1.virsh('domblklist', 'cache2'), /vda +\/var\/lib\/libvirt\/images\/cache2.qcow2/);
  });

  it('are forgotten when their XML is discarded', async () => {
    const { workbench } = vscode;
    const { quickInput, sideBar } = workbench;
    await sideBar.row(/^Domain cache1/).click();
    await workbench.runCommand('Libvirt: New Domain From This Document…');
    await quickInput.waitForTitle('New Domain from cache1');
    await quickInput.answer('never');
    await quickInput.pick('As the template says');
    const editor = workbench.editor('never.xml');
    await editor.waitForText('<name>never</name>');
    await editor.waitForSquiggles('info', 1);
    await workbench.screenshot('new-domain-shared-disk');
    await editor.pressCodeLens('Discard');
    await waitUntil('the editor to close', async () => !(await editor.isOpen()));
    assert.doesNotMatch(await kvm1.virsh('list', '--all', '--name'), /never/);
  });
});
