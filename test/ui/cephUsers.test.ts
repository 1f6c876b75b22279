import assert from 'node:assert/strict';
import type { LabHost } from '../../tools/lab/host.ts';
import { startLabHome, type LabHome } from '../../tools/labHome.ts';
import { useVsCode } from './support/useVsCode.ts';
import { waitUntil } from './support/waiting.ts';

describe('users of a Ceph cluster', function () {
  this.timeout(120_000);
  let scene: LabHome;
  let kvm1: LabHost;
  let kvm2: LabHost;

  const vscode = useVsCode(async () => {
    scene = await startLabHome(console.log);
    kvm1 = scene.lab.host('kvm1');
    kvm2 = scene.lab.host('kvm2');
    await kvm2.run(['sh', '-c', 'rm -f /etc/ceph/*']);
    return { home: scene.home, settings: scene.settings };
  });

  after(async () => {
    await scene.stop();
  });

  const caps = async (entity: string): Promise<unknown> => {
    const [user] = (await scene.lab.ceph.ceph('auth', 'get', entity)) as readonly { caps: unknown }[];
    return user?.caps;
  };
  const keyOf = async (entity: string): Promise<string> =>
    (await scene.lab.ceph.run(['ceph', 'auth', 'get-key', entity])).trim();

  it('say what they may do, and who logs in as them', async () => {
    const { workbench } = vscode;
    const { sideBar } = workbench;
    await workbench.openViewContainer('Libvirt');
    await sideBar.row(/^Host kvm1/).expand();
    await sideBar.row(/^Host kvm2/).expand();
    await sideBar.row(/^Ceph cluster ceph, healthy/).expand();
    await sideBar.row(/^Host kvm1/).collapse();
    await sideBar.row(/^Host kvm2/).collapse();
    await sideBar.row(/^Ceph Users of/).expand();
    await sideBar.row('Ceph user client.admin, may do anything').waitFor();
    const libvirt = sideBar.row('Ceph user client.libvirt, may use RBD in libvirt-pool');
    await libvirt.expand();
    await sideBar.row(/^rbd-pool on kvm1/).waitFor();
    await workbench.screenshot('ceph-users');
    await libvirt.collapse();
  });

  it('are made for pools, and their key goes into secrets without being seen', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput, notifications } = workbench;
    await sideBar.row(/^Ceph Users of/).pressInlineAction('New Ceph User…');
    await quickInput.waitForTitle('New User of the Ceph Cluster ceph');
    await quickInput.fill('libvirt');
    await quickInput.waitForMessage('There is a user client.libvirt already.');
    await quickInput.answer('backup');
    await quickInput.waitForOption('libvirt-pool');
    await workbench.screenshot('ceph-user-pools');
    await quickInput.pick('libvirt-pool');
    await quickInput.accept();
    await notifications.waitFor('The Ceph user client.backup is there: may use RBD in libvirt-pool.');
    assert.deepEqual(await caps('client.backup'), {
      mon: 'profile rbd',
      osd: 'profile rbd pool=libvirt-pool',
      mgr: 'profile rbd pool=libvirt-pool',
    });
    await notifications.press(/client\.backup is there/, 'Store Its Key in Secrets…');
    await quickInput.waitForOption('kvm1');
    await workbench.screenshot('ceph-user-secrets');
    await quickInput.accept();
    await notifications.waitFor(/^The key of client\.backup is in a secret of: kvm1, kvm2\./);
    const key = await keyOf('client.backup');
    const uuids = await Promise.all(
      [kvm1, kvm2].map(async (host) => {
        const listed = await host.virsh('secret-list');
        const uuid = /([0-9a-f-]{36})\s+ceph client\.backup secret/.exec(listed)?.[1] ?? '';
        assert.equal((await host.virsh('secret-get-value', uuid)).trim(), key);
        return uuid;
      }),
    );
    assert.equal(uuids[0], uuids[1]);
  });

  it('lose capabilities only after a question that says which', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput, dialog, notifications } = workbench;
    await sideBar.row(/^Ceph user client\.backup/).chooseFromMenu('Change Capabilities of Ceph User…');
    await quickInput.pick('Choose pools');
    await quickInput.waitForOption('libvirt-pool');
    await quickInput.pick('libvirt-pool');
    await quickInput.accept();
    await waitUntil('the next question', async () => (await quickInput.title()).includes('3'));
    await quickInput.pick('libvirt-pool');
    await quickInput.accept();
    assert.match(await dialog.text(), /to write to RBD images in libvirt-pool/);
    await workbench.screenshot('ceph-user-lost');
    await dialog.press('Change Capabilities');
    await notifications.waitFor(/capabilities of client\.backup are changed: may read RBD/);
    assert.match(JSON.stringify(await caps('client.backup')), /profile rbd-read-only pool=libvirt-pool/);
    await sideBar.row('Ceph user client.backup, may read RBD in libvirt-pool').waitFor();
  });

  it('are deleted after a question that says what logs in as them', async () => {
    const { workbench } = vscode;
    const { sideBar, dialog } = workbench;
    await sideBar.row(/^Ceph user client\.libvirt/).chooseFromMenu('Delete Ceph User…');
    const words = await dialog.text();
    assert.match(words, /rbd-pool on kvm1/);
    assert.match(words, /web1 on kvm1 \(running\)|web1 \(running\) on kvm1/);
    await workbench.screenshot('ceph-user-delete');
    await dialog.press('Cancel');
    await sideBar.row(/^Ceph user client\.backup/).chooseFromMenu('Delete Ceph User…');
    await dialog.press('Delete');
    await waitUntil('client.backup is gone', async () => {
      const { exitCode } = await scene.lab.ceph.exec(['ceph', 'auth', 'get', 'client.backup']);
      return exitCode !== 0;
    });
    await sideBar.row(/^Ceph user client\.backup/).waitUntilGone();
  });

  it('are a host’s own once it is given the cluster', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput, notifications } = workbench;
    await sideBar.row(/^Host kvm2/).chooseFromMenu('Give a Host a Ceph Cluster…');
    await quickInput.waitForTitle('Give kvm2 a Ceph Cluster');
    await quickInput.waitForOption('client.libvirt');
    await workbench.screenshot('give-cluster-user');
    await quickInput.pick('client.libvirt');
    const plan = workbench.editor('Give kvm2 the Ceph cluster ceph.sh');
    await plan.waitFor();
    await workbench.screenshot('give-cluster-plan');
    await plan.pressCodeLens('Run This Plan');
    await waitUntil(
      'the plan has run',
      async () => (await notifications.messages()).some((text) => text.startsWith('Done: Give kvm2')),
      100_000,
    );
    await workbench.screenshot('give-cluster-done');
    assert.match(await kvm2.run(['rbd', '--id', 'libvirt', 'ls', 'libvirt-pool']), /web1/);
    const keyring = '/etc/ceph/ceph.client.libvirt.keyring';
    assert.equal((await kvm2.run(['stat', '-c', '%a %U', keyring])).trim(), '600 root');
    assert.match(await kvm2.virsh('pool-capabilities'), /<pool type='rbd' supported='yes'/);
  });
});
