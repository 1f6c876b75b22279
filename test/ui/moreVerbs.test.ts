import assert from 'node:assert/strict';
import { rbdPoolName } from '../../tools/lab/domains.ts';
import type { LabHost } from '../../tools/lab/host.ts';
import { xml } from '../../tools/lab/xml.ts';
import { startLabHome, type LabHome } from '../../tools/labHome.ts';
import { useVsCode } from './support/useVsCode.ts';
import { waitUntil } from './support/waiting.ts';

const savesFolder = '/var/lib/libvirt/qemu/save/';
const backupSecret = '8a1f0c52-6d0e-4c55-9a43-2f1f5f6f7a10';

describe('what is changed by a question or two', function () {
  this.timeout(60_000);
  let scene: LabHome;
  let kvm1: LabHost;

  const vscode = useVsCode(async () => {
    scene = await startLabHome(console.log);
    const { ceph } = scene.lab;
    kvm1 = scene.lab.host('kvm1');
    await ceph.run(['rbd', 'create', '--size', '1G', `${ceph.pool}/spare`]);
    const secret = xml`<secret ephemeral='no' private='no'>
  <uuid>${backupSecret}</uuid>
  <usage type='ceph'><name>client.backup</name></usage>
</secret>`;
    await kvm1.virshBatch([
      `pool-refresh ${rbdPoolName}`,
      `secret-define ${await kvm1.writeXml('backup', secret)}`,
    ]);
    return { home: scene.home, settings: scene.settings };
  });

  after(async () => {
    await scene.stop();
  });

  it('the name of a domain', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput } = workbench;
    const uuid = await kvm1.virsh('domuuid', 'cache1');
    await workbench.openViewContainer('Libvirt');
    await sideBar.row(/^Host kvm1/).expand();
    await sideBar.row('Domains of kvm1: 3').expand();
    await sideBar.row('Domain cache1, shut off').chooseFromMenu('Change', 'Rename Domain…');
    await quickInput.waitForTitle('Rename cache1 on kvm1');
    assert.equal(await quickInput.value(), 'cache1');
    await quickInput.fill('web1');
    await quickInput.waitForMessage(/has a domain web1 already/);
    await workbench.screenshot('more-1-rename');
    await quickInput.answer('cache2');
    await sideBar.row('Domain cache2, shut off').waitFor();
    assert.equal(await kvm1.virsh('domuuid', 'cache2'), uuid);
    assert.doesNotMatch(await kvm1.virsh('list', '--all', '--name'), /cache1/);
  });

  it('its title and its description of several lines', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput } = workbench;
    await sideBar
      .row('Domain cache2, shut off')
      .chooseFromMenu('Change', 'Edit Title and Description of Domain…');
    await quickInput.waitForMessage(/^Title/);
    assert.equal(await quickInput.value(), 'Cache on a local disk');
    await workbench.screenshot('more-2-title');
    await quickInput.answer('Cache of the shop');
    await quickInput.waitForMessage(/^Description/);
    await workbench.screenshot('more-3-description');
    await quickInput.answer('Asked for by sales.\\nMay be lost.');
    await waitUntil('the description', async () =>
      (await kvm1.virsh('desc', 'cache2')).includes('Asked for by sales.\nMay be lost.'),
    );
    assert.match(await kvm1.virsh('desc', 'cache2', '--title'), /^Cache of the shop$/m);
  });

  it('the memory that a running domain has from its next start', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput, notifications } = workbench;
    await sideBar.row(/^Domain web1, running/).chooseFromMenu('Change', 'Set Memory of Domain…');
    await quickInput.waitForTitle('Memory of web1 on kvm1');
    assert.equal(await quickInput.value(), '160 MiB');
    await workbench.screenshot('more-4-memory');
    await quickInput.answer('128 MiB');
    await quickInput.waitForOption('From the next start');
    await workbench.screenshot('more-5-memory-when');
    await quickInput.pick('From the next start');
    await notifications.waitFor(/web1 on kvm1 starts with 128 MiB/);
    await workbench.screenshot('more-6-memory-set');
    assert.match(await kvm1.virsh('dumpxml', 'web1', '--inactive'), /<currentMemory unit='KiB'>131072</);
    assert.match(await kvm1.virsh('dumpxml', 'web1'), /<currentMemory unit='KiB'>163840</);
  });

  it('how a guest is told to shut down', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput } = workbench;
    await sideBar.row(/^Domain web1, running/).chooseFromMenu('Power and State', 'Shut Down Domain With…');
    await quickInput.waitForTitle('Shut Down web1 on kvm1');
    assert.deepEqual(await quickInput.options(), ['As libvirt chooses', 'ACPI power button', 'Guest agent']);
    await workbench.screenshot('more-7-shut-down-with');
    await quickInput.cancel();
    await quickInput.waitUntilClosed();
    assert.match(await kvm1.virsh('domstate', 'web1'), /running/);
  });

  it('a running domain into a file, from which it goes on', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput, notifications, dialog } = workbench;
    await sideBar.row(/^Domain web1, running/).chooseFromMenu('Power and State', 'Save Domain to File…');
    await quickInput.waitForTitle('Save web1 on kvm1 to a File');
    assert.match(await quickInput.value(), /^\/.*\/web1-\d{8}-\d{4}\.save$/);
    await workbench.screenshot('more-8-save');
    const fileName = 'web1 of friday.save';
    const file = `${savesFolder}${fileName}`;
    await quickInput.answer(file);
    await notifications.waitFor(`web1 is saved in ${file} on kvm1.`);
    await sideBar.row(/^Domain web1, shut off/).waitFor();
    await workbench.screenshot('more-9-saved');
    assert.match(await kvm1.virsh('domstate', 'web1', '--reason'), /shut off \(saved\)/);

    await sideBar.row('Domains of kvm1: 3').chooseFromMenu('Restore Domain from File…');
    await quickInput.waitForTitle('Restore a Domain on kvm1');
    assert.equal(await quickInput.value(), savesFolder);
    await workbench.page.keyboard.type(fileName);
    await workbench.screenshot('more-10-restore');
    await quickInput.accept();
    assert.ok((await dialog.text()).startsWith(`Restore web1 on kvm1 from ${file}?`));
    await workbench.screenshot('more-11-restore-question');
    await dialog.press('Restore');
    await sideBar.row(/^Domain web1, running/).waitFor();
    // libvirt tells of the start before the guest goes on.
    await waitUntil('web1 to go on', async () =>
      (await kvm1.virsh('domstate', 'web1', '--reason')).includes('running (restored)'),
    );
    await sideBar.row('Domains of kvm1: 3').collapse();
  });

  it('the size of a volume, and nothing of its data without a question', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput, dialog } = workbench;
    await sideBar.row(/^Storage Pools of kvm1/).expand();
    await sideBar.row('Storage pool images').expand();
    const volume = sideBar.row(/^Volume old-intranet.qcow2 of pool images/);
    await volume.chooseFromMenu('Resize Volume…');
    await quickInput.waitForTitle('Resize old-intranet.qcow2');
    await workbench.screenshot('more-12-resize');
    await quickInput.answer('+5G');
    await sideBar.row(/^Volume old-intranet.qcow2 of pool images, 25 GiB/).waitFor();
    assert.match(
      await kvm1.virsh('vol-info', '--pool', 'images', 'old-intranet.qcow2'),
      /Capacity: +25.00 GiB/,
    );

    await volume.chooseFromMenu('Wipe Volume…');
    await quickInput.waitForTitle('Wipe old-intranet.qcow2');
    await quickInput.waitForOption('Zeros');
    await workbench.screenshot('more-13-wipe-how');
    await quickInput.pick('Zeros');
    assert.match(
      await dialog.text(),
      /Wipe the volume old-intranet\.qcow2 of the pool images on kvm1\?[^]*overwritten and lost/,
    );
    await workbench.screenshot('more-14-wipe-question');
    await dialog.press('Cancel');
    assert.match(
      await kvm1.run(['qemu-img', 'info', '/var/lib/libvirt/images/old-intranet.qcow2']),
      /file format: qcow2/,
    );
    await sideBar.row('Storage pool images').collapse();
  });

  it('the name of an RBD image', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput } = workbench;
    await sideBar.row('Storage pool rbd-pool').expand();
    await sideBar.row(/^Volume spare of pool rbd-pool/).chooseFromMenu('Rename Volume…');
    await quickInput.waitForTitle('Rename spare');
    await quickInput.fill('web1-data');
    await quickInput.waitForMessage('The pool has a volume of this name already.');
    await workbench.screenshot('more-15-rename-volume');
    await quickInput.answer('archive');
    await sideBar.row(/^Volume archive of pool rbd-pool/).waitFor();
    await sideBar.row(/^Volume spare of pool rbd-pool/).waitUntilGone();
    const images = await scene.lab.ceph.rbd('ls', scene.lab.ceph.pool);
    assert.ok(Array.isArray(images) && images.includes('archive') && !images.includes('spare'));
    await sideBar.row(/^Storage Pools of kvm1/).collapse();
  });

  it('networks: one more, for guests among themselves', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput, notifications } = workbench;
    await sideBar.row(/^Networks of kvm1/).expand();
    await sideBar.row(/^Networks of kvm1/).chooseFromMenu('New Network…');
    await quickInput.waitForTitle('New Network on kvm1');
    await quickInput.waitForOption('Isolated');
    await quickInput.pick('Isolated');
    await quickInput.waitForMessage('Name of the network');
    await quickInput.answer('backstage');
    await quickInput.waitForMessage(/^IPv4 subnet/);
    await quickInput.answer('10.20.30.0/24');
    await quickInput.waitForOption('No DHCP');
    await quickInput.pick(/The upper half/);
    await quickInput.waitForOption('IPv6 too');
    assert.deepEqual(await quickInput.options(), [
      'IPv6 too',
      'A DNS domain',
      'Another MTU',
      'No DNS server',
    ]);
    await workbench.screenshot('more-16-isolated');
    await quickInput.accept();
    await quickInput.waitForOption('Start the network');
    await workbench.screenshot('more-17-isolated-steps');
    await quickInput.accept();
    await notifications.waitFor('The network backstage runs on kvm1.');
    await sideBar.row('Network backstage, active · autostart').waitFor();
    const definition = await kvm1.virsh('net-dumpxml', 'backstage');
    assert.doesNotMatch(definition, /<forward/);
    assert.match(definition, /<ip address='10\.20\.30\.1'[^]*<range start='10\.20\.30\.128'/);
    await sideBar.row(/^Networks of kvm1/).collapse();
  });

  it('the value of a secret, which is shown nowhere', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput, notifications, dialog } = workbench;
    const key = await scene.lab.ceph.libvirtKey();
    const chooseTyped = async (): Promise<void> => {
      await sideBar.row(/^Secret client\.backup/).chooseFromMenu('Set Value of Secret…');
      await quickInput.waitForTitle('Value of client.backup on kvm1');
      await quickInput.waitForOption('Paste the key…');
      await quickInput.pick('Paste the key…');
      await quickInput.waitForMessage(/^The key\./);
    };
    await sideBar.row(/^Secrets of kvm1/).expand();
    await chooseTyped();
    await quickInput.fill(`${key}x`);
    await quickInput.waitForMessage(/This is not a Ceph key/);
    assert.ok(!(await workbench.text()).includes(key));
    await quickInput.fill(key);
    assert.ok(await quickInput.hidesTyping());
    await workbench.screenshot('more-18-secret-hidden');
    await quickInput.accept();
    await notifications.waitFor('The value of client.backup is set on kvm1.');
    await workbench.screenshot('more-19-secret-set');
    assert.equal((await kvm1.virsh('secret-get-value', backupSecret)).trim(), key);

    await chooseTyped();
    await quickInput.answer((await scene.lab.ceph.run(['ceph', 'auth', 'get-key', 'client.admin'])).trim());
    assert.match(await dialog.text(), /Replace the value of client\.backup on kvm1\?/);
    await workbench.screenshot('more-20-secret-replace');
    await dialog.press('Cancel');
    assert.equal((await kvm1.virsh('secret-get-value', backupSecret)).trim(), key);
    assert.ok(!(await workbench.text()).includes(key));
  });
});
