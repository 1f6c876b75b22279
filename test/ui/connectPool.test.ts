import assert from 'node:assert/strict';
import type { LabHost } from '../../tools/lab/host.ts';
import { startLabHome, type LabHome } from '../../tools/labHome.ts';
import { useVsCode } from './support/useVsCode.ts';
import { waitUntil } from './support/waiting.ts';

describe('connecting a Ceph pool to libvirt', function () {
  this.timeout(60_000);
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

  it('asks for a Ceph pool, or makes one with groups that fit', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput } = workbench;
    await workbench.openViewContainer('Libvirt');
    await sideBar.row(/^Host kvm1/).expand();
    await sideBar.row(/^Host kvm2/).expand();
    const cluster = sideBar.row(/^Ceph cluster ceph, healthy/);
    await cluster.waitFor();
    await cluster.chooseFromMenu('Connect Ceph Pool to libvirt…');
    await quickInput.waitForOption('libvirt-pool');
    await workbench.screenshot('connect-1-pool');
    await quickInput.pick('New Ceph pool…');
    await quickInput.answer('vms');
    await quickInput.waitForOption('32');
    await workbench.screenshot('connect-2-groups');
    await quickInput.pick('32');
  });

  it('asks for a user, for hosts and for names, and shows what it would do', async () => {
    const { workbench } = vscode;
    const { quickInput } = workbench;
    await quickInput.waitForOption('client.libvirt');
    await workbench.screenshot('connect-3-user');
    await quickInput.pick('New Ceph user…');
    assert.equal(await quickInput.value(), 'libvirt-vms');
    await quickInput.accept();
    await quickInput.waitForOption('kvm2');
    await workbench.screenshot('connect-4-hosts');
    await quickInput.accept();
    await quickInput.waitForOption('Show the Plan');
    await workbench.screenshot('connect-5-names');
    await quickInput.pick('Show the Plan');
    const script = await plan().text();
    assert.match(script, /rbd pool init --pool=vms/);
    await workbench.screenshot('connect-6-plan');
  });

  it('does it, with the state beside each step', async () => {
    const { workbench } = vscode;
    await plan().pressCodeLens('Run This Plan');
    await workbench.notifications.waitFor(/^Done: Connect the Ceph pool vms/);
    await workbench.screenshot('connect-7-done');
    assert.match(await kvm1.virsh('pool-info', 'vms'), /State:\s+running/);
    const users = (await scene.lab.ceph.ceph('auth', 'get', 'client.libvirt-vms')) as readonly {
      caps: unknown;
    }[];
    assert.deepEqual(users[0]?.caps, {
      mon: 'profile rbd',
      osd: 'profile rbd pool=vms',
      mgr: 'profile rbd pool=vms',
    });
    const { sideBar } = workbench;
    await sideBar.row(/^Storage Pools of kvm1/).expand();
    await sideBar.row(/^Storage pool vms, active/).waitFor();
    await workbench.screenshot('connect-8-tree');
  });

  it('mends it from the row of the pool, and says what was wrong', async () => {
    const { workbench } = vscode;
    const { quickInput, sideBar } = workbench;
    await kvm1.virsh('pool-destroy', 'vms');
    await sideBar.row(/^Storage pool vms, inactive/).waitFor();
    await sideBar.row('Storage pool vms').chooseFromMenu('Mend Connection to Ceph…');
    await quickInput.waitForOption('kvm2');
    await workbench.screenshot('connect-9-mend');
    await quickInput.accept();
    await quickInput.waitForOption('Show the Plan');
    await quickInput.accept();
    await plan().pressCodeLens('Run This Plan');
    await sideBar.row(/^Storage pool vms, active/).waitFor();
    await waitUntil('the plan to end', async () =>
      (await plan().codeLenses()).some((text) => text.includes('Undo')),
    );
    await workbench.screenshot('connect-10-mended');
    await plan().close();
  });

  it('is undone after a question, and nothing is left', async () => {
    const { workbench } = vscode;
    const { dialog, sideBar } = workbench;
    await plan().pressCodeLens('Undo');
    assert.match(await dialog.text(), /Delete the Ceph pool vms, if no image is in it/);
    await workbench.screenshot('connect-11-undo');
    await dialog.press('Undo');
    await sideBar.row('Storage pool vms').waitUntilGone();
    await waitUntil('the Ceph pool to go', async () => {
      const pools = (await scene.lab.ceph.ceph('osd', 'pool', 'ls')) as readonly string[];
      return !pools.includes('vms');
    });
    await workbench.screenshot('connect-12-undone');
    assert.doesNotMatch(await kvm1.virsh('secret-list'), /libvirt-vms/);
  });

  function plan(): ReturnType<typeof vscode.workbench.editor> {
    return vscode.workbench.editor('Connect the Ceph pool vms to kvm1.sh');
  }
});
