import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startLabHome, type LabHome } from '../../tools/labHome.ts';
import { useVsCode } from './support/useVsCode.ts';
import { waitUntil } from './support/waiting.ts';

const MiB = 1024 * 1024;

describe('what is done to RBD images', function () {
  this.timeout(60_000);
  let scene: LabHome;

  const vscode = useVsCode(async () => {
    scene = await startLabHome(console.log);
    const { ceph } = scene.lab;
    for (const [name, expiry] of [
      ['mail', 'now'],
      ['kept', '2 days'],
    ] as const) {
      await ceph.run(['rbd', 'create', '--size', '1M', `${ceph.pool}/${name}`]);
      await ceph.run(['rbd', 'trash', 'mv', '--expires-at', expiry, `${ceph.pool}/${name}`]);
    }
    await writeFile(join(scene.home, 'tools.img'), Buffer.alloc(6 * MiB, 'tools'));
    return { home: scene.home, settings: scene.settings };
  });

  after(async () => {
    await scene.stop();
  });

  const rbd = (...args: string[]): Promise<unknown> => scene.lab.ceph.rbd(...args);
  const volumes = (): Promise<string> => scene.lab.host('kvm1').virsh('vol-list', '--pool', 'rbd-pool');

  it('makes one, which libvirt lists at once', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput, notifications } = workbench;
    await workbench.openViewContainer('Libvirt');
    await sideBar.row(/^Host kvm1/).expand();
    await sideBar.row(/^Ceph cluster ceph, healthy/).expand();
    await sideBar.row(/^Ceph Pools of the Ceph cluster ceph/).expand();
    await sideBar.row(/^Ceph pool libvirt-pool/).expand();
    await sideBar.row(/^Ceph pool libvirt-pool/).chooseFromMenu('New RBD Image…');
    await quickInput.waitForTitle('New RBD Image in libvirt-pool');
    await quickInput.fill('a/b');
    await quickInput.waitForMessage('The name of an RBD image cannot hold “/”.');
    await quickInput.answer('mail');
    await quickInput.waitForMessage('What a guest sees');
    await quickInput.answer('64M');
    await quickInput.waitForOption('As the cluster is configured');
    await workbench.screenshot('image-features');
    await quickInput.pick('Choose');
    await quickInput.waitForOption('journaling');
    await workbench.screenshot('image-features-chosen');
    await quickInput.accept();
    await quickInput.waitForOption('4 MiB');
    await quickInput.pick('8 MiB');
    await notifications.waitFor('The RBD image mail (64 MiB) is in libvirt-pool.');
    const info = (await rbd('info', 'libvirt-pool/mail')) as { object_size: number; features: string[] };
    assert.equal(info.object_size, 8 * MiB);
    assert.ok(info.features.includes('fast-diff'));
    await sideBar.row(/^RBD image mail of the Ceph pool libvirt-pool/).waitFor();
    await waitUntil('libvirt lists it', async () => (await volumes()).includes(' mail '));
    await workbench.screenshot('image-created');
  });

  it('resizes it, and has the guest of a running domain see that', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput, notifications, dialog } = workbench;
    await sideBar.row(/^RBD image web1 of/).chooseFromMenu('Change', 'Resize RBD Image…');
    await quickInput.waitForTitle('Resize the RBD Image web1');
    await quickInput.fill('1M');
    await quickInput.waitForMessage('It is in use by web1 on kvm1: it can only grow.');
    await workbench.screenshot('image-resize-running');
    await quickInput.answer('+1G');
    await notifications.waitFor(/The RBD image web1 has .* now/);
    const { size } = (await rbd('info', 'libvirt-pool/web1')) as { size: number };
    assert.match(await scene.lab.host('kvm1').virsh('domblkinfo', 'web1', 'vda'), new RegExp(`${size}`));
    await sideBar.row(/^RBD image mail of/).chooseFromMenu('Change', 'Resize RBD Image…');
    await quickInput.waitForTitle('Resize the RBD Image mail');
    await quickInput.answer('32M');
    assert.match(await dialog.text(), /The last 32 MiB of its 64 MiB are lost/);
    await workbench.screenshot('image-shrink');
    await dialog.press('Shrink Image');
    await notifications.waitFor('The RBD image mail has 32 MiB now.');
  });

  it('takes a snapshot, and shows what has changed since', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput, notifications } = workbench;
    await sideBar.row(/^RBD image mail of/).chooseFromMenu('Take a Snapshot of RBD Image…');
    await quickInput.waitForTitle('Take a Snapshot of the RBD Image mail');
    await quickInput.answer('before');
    await notifications.waitFor('The snapshot before of mail is taken.');
    await scene.lab.ceph.run([
      'rbd',
      'bench',
      '--io-type',
      'write',
      '--io-threads',
      '1',
      '--io-size',
      '8M',
      '--io-total',
      '16M',
      'libvirt-pool/mail',
    ]);
    await sideBar.row(/^RBD image mail of/).expand();
    const snapshot = sideBar.row(/^Snapshot before of the RBD image mail/);
    await snapshot.chooseFromMenu('Show Changes Since Snapshot of RBD Image');
    await notifications.waitFor('Since before, 16 MiB of the 32 MiB of mail were written.');
    await workbench.screenshot('image-changes');
  });

  it('clones a snapshot, names the clones that keep it, and flattens them', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput, notifications, dialog } = workbench;
    const snapshot = sideBar.row(/^Snapshot before of the RBD image mail/);
    await snapshot.chooseFromMenu('Copies and Clones', 'Clone RBD Image or Snapshot…');
    await quickInput.waitForTitle('Clone mail@before');
    await quickInput.answer('mail-clone');
    await quickInput.waitForOption('Copy-on-write clone');
    await workbench.screenshot('image-clone-kinds');
    await quickInput.pick('Copy-on-write clone');
    await notifications.waitFor('The RBD image libvirt-pool/mail-clone is made.');
    await sideBar.row(/^Snapshot before of the RBD image mail, .*protected/).waitFor();
    await snapshot.chooseFromMenu('Unprotect Snapshot of RBD Image');
    await notifications.waitFor(/these images are clones of it: libvirt-pool\/mail-clone/);
    await workbench.screenshot('image-unprotect-refused');
    await sideBar.row(/^RBD image mail-clone of/).chooseFromMenu('Change', 'Flatten RBD Image…');
    assert.match(await dialog.text(), /independent of libvirt-pool\/mail/);
    await dialog.press('Flatten');
    await waitUntil('it is flat', async () => {
      const info = (await rbd('info', 'libvirt-pool/mail-clone')) as { parent?: unknown };
      return info.parent === undefined;
    });
    await sideBar.row(/^RBD image mail of/, /^RBD image mail-clone/).waitUntilGone();
  });

  it('rolls back, and keeps the present in a snapshot', async () => {
    const { workbench } = vscode;
    const { sideBar, notifications, dialog } = workbench;
    const snapshot = sideBar.row(/^Snapshot before of the RBD image mail/);
    await snapshot.chooseFromMenu('Roll Back RBD Image to Snapshot…');
    assert.match(await dialog.text(), /Roll back libvirt-pool\/mail of the cluster ceph to before/);
    await workbench.screenshot('image-roll-back');
    await dialog.press('Keep the Present and Roll Back');
    await notifications.waitFor('libvirt-pool/mail is what it was at before.');
    await sideBar.row(/^Snapshot before-before of the RBD image mail/).waitFor();
  });

  it('sends a file of this machine, and fetches one', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput, notifications } = workbench;
    await sideBar.row(/^Ceph pool libvirt-pool/).chooseFromMenu('Upload as New RBD Image…');
    await quickInput.waitForTitle('Upload into libvirt-pool of ceph');
    await quickInput.answerPath(join(scene.home, 'tools.img'));
    await quickInput.waitForTitle('Upload as New RBD Image');
    assert.equal(await quickInput.value(), 'tools');
    await quickInput.accept();
    await notifications.waitFor('Uploaded tools.img (6 MiB) to libvirt-pool/tools.');
    const path = join(scene.home, 'back.img');
    await sideBar
      .row(/^RBD image tools of/)
      .chooseFromMenu('Copies and Clones', 'Download RBD Image or Snapshot…');
    await quickInput.waitForTitle('Download tools from ceph');
    await quickInput.answerPath(path);
    await notifications.waitFor(/Downloaded tools/);
    assert.equal((await stat(path)).size, 6 * MiB);
    assert.ok((await readFile(path)).equals(await readFile(join(scene.home, 'tools.img'))));
  });

  it('brings an image back from the trash under another name, and empties it', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput, notifications, dialog } = workbench;
    await sideBar.row(/^Trash of the Ceph pool libvirt-pool/).expand();
    await sideBar.row(/^mail in the trash/).chooseFromMenu('Restore RBD Image from Trash…');
    await quickInput.waitForTitle('Restore the RBD Image mail');
    await quickInput.accept();
    await notifications.waitFor('The RBD image mail-restored is in libvirt-pool again.');
    await sideBar.row(/^RBD image mail-restored of/).waitFor();
    await sideBar.row(/^Trash of the Ceph pool libvirt-pool/).chooseFromMenu('Empty RBD Trash…');
    assert.match(await dialog.text(), /kept: to be kept until/);
    await workbench.screenshot('trash-purge');
    await dialog.press('Delete All 1');
    await waitUntil('the trash is empty', async () => {
      const trash = (await rbd('trash', 'ls', '--pool', 'libvirt-pool')) as unknown[];
      return trash.length === 0;
    });
  });
});
