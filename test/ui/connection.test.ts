import assert from 'node:assert/strict';
import { startLabHome, type LabHome } from '../../tools/labHome.ts';
import type { LabHost } from '../../tools/lab/host.ts';
import { useVsCode } from './support/useVsCode.ts';
import { waitUntil } from './support/waiting.ts';

describe('hosts that fail', function () {
  this.timeout(60_000);
  let scene: LabHome;
  let kvm1: LabHost;

  const vscode = useVsCode(async () => {
    scene = await startLabHome(console.log);
    kvm1 = scene.lab.host('kvm1');
    const hosts = [
      { uri: 'qemu+ssh://kvm1/system', name: 'kvm1' },
      { uri: 'qemu+ssh://kvm2/system', name: 'kvm2' },
      { uri: 'qemu+ssh://visitor@kvm1/system', name: 'visitor' },
    ];
    return { home: scene.home, settings: { 'libvirt.hosts': hosts } };
  });

  after(async () => {
    await scene.stop();
  });

  it('say why, and offer what helps', async () => {
    const { workbench } = vscode;
    await workbench.openViewContainer('Libvirt');
    await workbench.sideBar.row(/^Host visitor/).expand();
    await workbench.sideBar.row(/^Host visitor, failed: The user visitor may not use libvirt/).waitFor();
    await waitUntil('the reason', async () =>
      (await workbench.sideBar.welcomeText()).includes('this user may not use libvirt'),
    );
    await workbench.screenshot('failed');
    await workbench.sideBar.pressWelcomeButton('Copy the Command That Helps');
    await workbench.notifications.waitFor(/usermod/);
  });

  it('show a pool whose backend is missing, with the reason', async () => {
    const { sideBar } = vscode.workbench;
    await sideBar.row(/^Host kvm2/).expand();
    await sideBar.row('Storage Pools of kvm2: 1').expand();
    await sideBar.row(/^Storage pool rbd-pool, unknown: missing backend for pool type 9 \(rbd\)/).waitFor();
    await vscode.workbench.screenshot('pool-unknown');
  });

  it('keep the text of an open document through a loss, and let it be saved afterwards', async () => {
    const { workbench } = vscode;
    await workbench.sideBar.row(/^Host kvm1/).expand();
    await workbench.sideBar.row('Domains of kvm1: 3').expand();
    await workbench.sideBar.row(/^Domain cache1/).click();
    const editor = workbench.editor('cache1.xml');
    await editor.waitForText('<name>cache1</name>');
    await editor.replace('<title>', '<title>Kept ');
    await kvm1.stopSshd();
    await kvm1.cutSsh();
    await workbench.sideBar.row(/^Host kvm1, (?!connected)/).waitFor();
    await workbench.screenshot('lost');
    assert.equal(await editor.isDirty(), true);
    await editor.waitForText('<title>Kept ');
    await kvm1.startSshd();
    await workbench.sideBar.row('Host kvm1, connected').waitFor();
    await editor.show();
    await editor.save();
    assert.match(await kvm1.virsh('dumpxml', '--inactive', 'cache1'), /<title>Kept /);
  });

  it('explain a pool that does not start because Ceph is silent', async () => {
    const { workbench } = vscode;
    await kvm1.virsh('pool-destroy', 'rbd-pool');
    await workbench.sideBar.row('Storage Pools of kvm1: 2').expand();
    await workbench.sideBar.row(/^Storage pool rbd-pool, inactive/).waitFor();
    await scene.lab.ceph.freeze();
    try {
      await workbench.sideBar.row(/^Storage pool rbd-pool, inactive/).chooseFromMenu('Start Pool');
      await workbench.notifications.waitFor(/libvirt gives up after 30 seconds/);
      await workbench.screenshot('pool-waits');
      // The rest of the host goes on meanwhile.
      await kvm1.virsh('start', 'cache1');
      await workbench.sideBar.row('Domain cache1, running').waitFor();
      await waitUntil(
        'the reason',
        async () =>
          (await workbench.notifications.messages()).some((text) => text.includes('no Ceph monitor answers')),
        45_000,
      );
      await workbench.screenshot('pool-failed');
    } finally {
      await scene.lab.ceph.thaw();
    }
  }).timeout(120_000);
});
