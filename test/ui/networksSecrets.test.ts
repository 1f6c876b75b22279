import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { secretUuid } from '../../tools/lab/domains.ts';
import type { LabHost } from '../../tools/lab/host.ts';
import { startLabHome, type LabHome } from '../../tools/labHome.ts';
import { useVsCode } from './support/useVsCode.ts';
import { waitUntil } from './support/waiting.ts';

describe('networks and secrets', function () {
  this.timeout(60_000);
  let scene: LabHome;
  let kvm1: LabHost;
  let kvm2: LabHost;
  let keyring: string;

  const vscode = useVsCode(async () => {
    scene = await startLabHome(console.log);
    kvm1 = scene.lab.host('kvm1');
    kvm2 = scene.lab.host('kvm2');
    keyring = join(scene.home, 'libvirt.keyring');
    await writeFile(keyring, `[client.backup]\n\tkey = ${await scene.lab.ceph.libvirtKey()}\n`);
    const settings = { ...scene.settings, 'files.simpleDialog.enable': true };
    return { home: scene.home, settings };
  });

  after(async () => {
    await scene.stop();
  });

  it('make a network with addresses that nobody has', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput, notifications } = workbench;
    await workbench.openViewContainer('Libvirt');
    await sideBar.row(/^Host kvm2/).expand();
    await sideBar.row(/^Host kvm1/).expand();
    await sideBar.row(/^Networks of kvm1/).expand();
    await sideBar.row(/^Networks of kvm1/).pressInlineAction('New Network…');
    await quickInput.waitForTitle('New Network on kvm1');
    await quickInput.options();
    await workbench.screenshot('network-kinds');
    await quickInput.pick('NAT');
    await quickInput.waitForMessage('Name of the network');
    await quickInput.fill('default');
    await quickInput.waitForMessage('kvm1 has a network of this name.');
    await quickInput.answer('lan');
    await quickInput.waitForMessage(/^IPv4 subnet/);
    assert.equal(await quickInput.value(), '192.168.100.0/24');
    await quickInput.fill('192.168.122.0/25');
    await quickInput.waitForMessage('the network default has addresses in it.');
    await quickInput.answer('192.168.100.0/24');
    await quickInput.waitForOption('192.168.100.2 - 192.168.100.254');
    await workbench.screenshot('network-dhcp');
    await quickInput.accept();
    await quickInput.waitForOption('IPv6 too');
    await workbench.screenshot('network-extras');
    await quickInput.accept();
    await quickInput.waitForOption('Start the network');
    await quickInput.accept();
    await notifications.waitFor('The network lan runs on kvm1.');
    await sideBar.row('Network lan, active · autostart').waitFor();
    assert.match(await kvm1.virsh('net-info', 'lan'), /Autostart:\s+yes/);
    assert.match(await kvm1.virsh('net-dumpxml', 'lan'), /<ip address='192\.168\.100\.1' prefix='24'>/);
  });

  it('keep an address for a MAC address', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput, notifications } = workbench;
    await sideBar.row(/^Network lan/).chooseFromMenu('Keep an Address in Network…');
    await quickInput.waitForTitle('Keep an Address in lan on kvm1');
    await quickInput.fill('52:54:00:00:00:AA');
    await quickInput.waitForOption('52:54:00:00:00:AA');
    await quickInput.accept();
    await quickInput.waitForMessage('The address, in 192.168.100.1/24');
    assert.equal(await quickInput.value(), '192.168.100.2');
    await quickInput.answer('192.168.100.20');
    await quickInput.waitForMessage(/^Host name/);
    await quickInput.answer('printer');
    await notifications.waitFor(/192\.168\.100\.20 is kept for printer/);
    const host = "<host mac='52:54:00:00:00:aa' name='printer' ip='192.168.100.20'/>";
    for (const which of [[], ['--inactive']]) {
      assert.ok((await kvm1.virsh('net-dumpxml', 'lan', ...which)).includes(host));
    }
    await sideBar.row(/^Network lan/).expand();
    await sideBar.row(/^Address 192\.168\.100\.20, printer/).waitFor();
  });

  it('show who has which address, and keep it in one click', async () => {
    const { workbench } = vscode;
    const { sideBar, notifications } = workbench;
    await waitUntil('web1 has an address', async () =>
      (await kvm1.virsh('net-dhcp-leases', 'default')).includes('web1'),
    );
    await sideBar.row(/^Network default/).pressInlineAction('Show DHCP Leases');
    const lease = sideBar.row(/^Address 192\.168\.122\.\d+, web1/);
    await lease.waitFor();
    await workbench.screenshot('network-leases');
    const ip = /Address (\S+),/.exec(await lease.name())?.[1] ?? '';
    await lease.pressInlineAction('Keep This Address');
    await notifications.waitFor(new RegExp(`${ip.replaceAll('.', '\\.')} is kept for web1`));
    await sideBar.row(new RegExp(`^Address ${ip}, web1.*kept for it`)).waitFor();
    assert.match(await kvm1.virsh('net-dumpxml', 'default'), new RegExp(`name='web1' ip='${ip}'`));
  });

  it('say who loses the connection when a network stops, and restart it with its domains', async () => {
    const { workbench } = vscode;
    const { sideBar, dialog, notifications } = workbench;
    await sideBar.row(/^Network default/).chooseFromMenu('Stop Network…');
    assert.match(
      await dialog.text(),
      /Stop the network default on kvm1\?[^]*lose their connection at once: web1/,
    );
    await workbench.screenshot('network-stop');
    await dialog.press('Cancel');
    await sideBar.row(/^Network default/).chooseFromMenu('Restart Network…');
    await dialog.press('Restart Network');
    await notifications.waitFor(/default runs on kvm1; .* plugged in again: 1/);
    assert.match(await kvm1.run(['bridge', 'link', 'show']), /vnet\d+.* master virbr0/);
    await sideBar.row(/^Networks of kvm1/).collapse();
  });

  it('make a secret from a keyring on this machine', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput, notifications } = workbench;
    await sideBar.row(/^Secrets of kvm1/).expand();
    await sideBar.row(/^Secrets of kvm1/).pressInlineAction('New Secret…');
    await quickInput.waitForTitle('New Secret on kvm1');
    await quickInput.pick('ceph');
    await quickInput.waitForOption('client.admin on kvm1');
    await workbench.screenshot('secret-source');
    await quickInput.pick('A keyring on this machine…');
    await quickInput.waitForTitle('Keyring');
    await quickInput.answerPath(keyring);
    await quickInput.waitForMessage(/^Its name/);
    assert.equal(await quickInput.value(), 'client.backup');
    await quickInput.accept();
    await quickInput.waitForOption('Private');
    await workbench.screenshot('secret-extras');
    await quickInput.accept();
    await notifications.waitFor('The secret client.backup is defined on kvm1 and has its value.');
    await sideBar.row('Secret client.backup, for ceph').waitFor();
    const uuid = /(\S+) +ceph +client\.backup/.exec(await kvm1.virsh('secret-list'))?.[1] ?? '';
    assert.equal((await kvm1.virsh('secret-get-value', uuid)).trim(), await scene.lab.ceph.libvirtKey());
  });

  it('copy a secret to another host, and compare the two without showing them', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput, notifications, dialog } = workbench;
    const own = sideBar.row(/^Host kvm1/, /^Secret client\.backup/);
    await own.chooseFromMenu('Copy Secret to Another Host…');
    await quickInput.waitForOption('kvm2');
    await quickInput.pick('kvm2');
    await notifications.waitFor('kvm2 has the secret client.backup now, with the same UUID and its value.');
    const line = (list: string): string | undefined => /\S+ +ceph +client\.backup/.exec(list)?.[0];
    assert.equal(line(await kvm2.virsh('secret-list')), line(await kvm1.virsh('secret-list')));
    const uuid = line(await kvm1.virsh('secret-list'))?.split(' ')[0] ?? '';
    const value = await kvm2.virsh('secret-get-value', uuid);
    assert.equal(value, await kvm1.virsh('secret-get-value', uuid));

    await own.chooseFromMenu('Compare Secret With Other Hosts');
    await quickInput.waitForOption('kvm2');
    await workbench.screenshot('secret-compare');
    await quickInput.cancel();

    await sideBar.row(/^Host kvm1/, /^Secret client\.libvirt secret/).chooseFromMenu('Undefine Secret…');
    const question = await dialog.text();
    assert.match(question, /Domains that use it: web1 \(running\)/);
    assert.match(question, /Pools that log in with it: rbd-pool/);
    await workbench.screenshot('secret-undefine');
    await dialog.press('Cancel');
    assert.ok((await kvm1.virsh('secret-list')).includes(secretUuid));
  });
});
