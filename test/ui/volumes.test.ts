import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startLabHome, type LabHome } from '../../tools/labHome.ts';
import type { LabHost } from '../../tools/lab/host.ts';
import { useVsCode } from './support/useVsCode.ts';

const MiB = 1024 * 1024;

describe('volumes', function () {
  this.timeout(60_000);
  let scene: LabHome;
  let kvm1: LabHost;
  let image: Buffer;

  const vscode = useVsCode(async () => {
    scene = await startLabHome(console.log);
    kvm1 = scene.lab.host('kvm1');
    image = Buffer.concat([randomBytes(24 * MiB), Buffer.alloc(8 * MiB)]);
    await writeFile(join(scene.home, 'rescue.iso'), image);
    return { home: scene.home, settings: scene.settings };
  });

  after(async () => {
    await scene.stop();
  });

  it('of a pool show their sizes, and one is created', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput } = workbench;
    await workbench.openViewContainer('Libvirt');
    await sideBar.row(/^Host kvm1/).expand();
    await sideBar.row(/^Storage Pools of kvm1/).expand();
    await sideBar.row('Storage pool images').expand();
    await sideBar.row(/^Volume cache1.qcow2 of pool images, 8 GiB/).waitFor();
    await workbench.screenshot('volumes');
    await sideBar.row('Storage pool images').chooseFromMenu('New Volume…');
    await quickInput.waitForTitle('New Volume in images on kvm1');
    await quickInput.fill('cache1.qcow2');
    await quickInput.waitForMessage('The pool has a volume of this name already.');
    await quickInput.answer('web2.qcow2');
    await quickInput.waitForOption('qcow2, grows as it is written');
    await workbench.screenshot('volume-kinds');
    await quickInput.pick('qcow2, grows as it is written');
    await quickInput.waitForMessage('The capacity');
    await quickInput.fill('20');
    await quickInput.waitForMessage('Write a size with its unit');
    await workbench.screenshot('volume-size');
    await quickInput.answer('20G');
    await sideBar.row(/^Volume web2.qcow2 of pool images, 20 GiB · qcow2/).waitFor();
    assert.match(await kvm1.virsh('vol-info', '--pool', 'images', 'web2.qcow2'), /Capacity: +20.00 GiB/);
  });

  it('are made of files of this machine, and become files', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput, notifications } = workbench;
    await sideBar.row('Storage pool images').chooseFromMenu('Upload as New Volume…');
    await quickInput.waitForTitle('Upload into images on kvm1');
    await workbench.screenshot('volume-open-file');
    await quickInput.answerPath(join(scene.home, 'rescue.iso'));
    await quickInput.waitForTitle('Upload as New Volume');
    assert.equal(await quickInput.value(), 'rescue.iso');
    await workbench.screenshot('volume-upload-name');
    await quickInput.accept();
    await notifications.waitFor('Uploaded rescue.iso (32 MiB) to images on kvm1.');
    await workbench.screenshot('volume-uploaded');
    const target = join(scene.home, 'back.iso');
    await sideBar.row(/^Volume rescue.iso/).chooseFromMenu('Download Volume…');
    await quickInput.waitForTitle('Download rescue.iso from kvm1');
    await quickInput.answerPath(target);
    await notifications.waitFor(/Downloaded rescue.iso/);
    assert.ok(image.equals(await readFile(target)));
  });

  it('on RBD are cloned as asked', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput } = workbench;
    await sideBar.row('Storage pool images').collapse();
    await sideBar.row('Storage pool rbd-pool').expand();
    await sideBar.row(/^Volume template-linux/).chooseFromMenu('Clone Volume…');
    await quickInput.waitForTitle('Clone template-linux');
    await quickInput.answer('web9');
    await quickInput.waitForOption('Full copy');
    await workbench.screenshot('volume-clone');
    await quickInput.pick('Full copy');
    await sideBar.row(/^Volume web9 of pool rbd-pool/).waitFor();
    const info = (await scene.lab.ceph.rbd('info', `${scene.lab.ceph.pool}/web9`)) as { parent?: unknown };
    assert.equal(info.parent, undefined);
  });

  it('that a running domain uses are not deleted; others are, after a question', async () => {
    const { workbench } = vscode;
    const { sideBar, notifications, dialog } = workbench;
    await sideBar.row('Volume web1-data of pool rbd-pool').chooseFromMenu('Delete Volume…');
    await notifications.waitFor(/web1-data on kvm1 is in use by web1 on kvm1\. It is not deleted\./);
    await workbench.screenshot('volume-in-use');
    await sideBar.row('Volume db1 of pool rbd-pool').chooseFromMenu('Delete Volume…');
    assert.match(await dialog.text(), /These domains, which are off, use it.*db1 on kvm1/);
    await workbench.screenshot('volume-delete-question');
    await dialog.press('Cancel');
    await sideBar.row('Volume web9 of pool rbd-pool').chooseFromMenu('Delete Volume…');
    assert.match(await dialog.text(), /Delete the volume web9 of the pool rbd-pool on kvm1\?/);
    await dialog.press('Delete Volume');
    await sideBar.row('Volume web9 of pool rbd-pool').waitUntilGone();
    assert.doesNotMatch(await kvm1.virsh('vol-list', 'rbd-pool'), /web9/);
  });

  it('are deleted together after one question, but for those that are in use', async () => {
    const { workbench } = vscode;
    const { sideBar, notifications, dialog } = workbench;
    await sideBar.row('Storage pool rbd-pool').collapse();
    await sideBar.row('Storage pool images').expand();
    await kvm1.virsh('start', 'cache1');
    await sideBar.row('Volume cache1.qcow2 of pool images').click();
    await sideBar.row('Volume rescue.iso of pool images').addToSelection();
    await sideBar.row('Volume web2.qcow2 of pool images').addToSelection();
    await sideBar.row('Volume web2.qcow2 of pool images').chooseFromMenu('Delete Volume…');
    const question = await dialog.text();
    assert.match(question, /Delete 2 volumes\?/);
    assert.match(question, /rescue\.iso of images on kvm1\n.*web2\.qcow2 of images on kvm1/);
    assert.match(question, /cannot be deleted:\n.*cache1\.qcow2 on kvm1 is in use by cache1 on kvm1/);
    await workbench.screenshot('volumes-delete-question');
    await dialog.press('Delete Volumes');
    await notifications.waitFor('Deleting 3 volumes: 2 done, 1 failed.');
    await sideBar.row('Volume rescue.iso of pool images').waitUntilGone();
    const left = await kvm1.virsh('vol-list', 'images');
    assert.match(left, /cache1/);
    assert.doesNotMatch(left, /rescue|web2/);
  });
});
