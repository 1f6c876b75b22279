import assert from 'node:assert/strict';
import { startLabHome, type LabHome } from '../../tools/labHome.ts';
import { useVsCode } from './support/useVsCode.ts';

describe('RBD images in the tree', function () {
  this.timeout(60_000);
  let scene: LabHome;
  let pool: string;

  const vscode = useVsCode(async () => {
    scene = await startLabHome(console.log);
    ({ pool } = scene.lab.ceph);
    await rbd('create', `${pool}/old-mail`, '--size=64M');
    await rbd('trash', 'mv', `${pool}/old-mail`);
    await rbd('create', `${pool}/forgotten`, '--size=64M');
    await rbd('lock', 'add', `${pool}/forgotten`, 'backup of monday');
    return { home: scene.home, settings: scene.settings };
  });

  after(async () => {
    await scene.stop();
  });

  async function rbd(...args: readonly string[]): Promise<void> {
    await scene.lab.ceph.run(['rbd', ...args]);
  }

  it('say their size, what they are clones of, and who has locked them', async () => {
    const { workbench } = vscode;
    const { sideBar } = workbench;
    await workbench.openViewContainer('Libvirt');
    await sideBar.row(/^Host kvm1/).expand();
    await sideBar.row(/^Ceph cluster ceph, healthy/).expand();
    await sideBar.row(/^Ceph Pools of the Ceph cluster ceph/).expand();
    await sideBar.row(/^Ceph pool libvirt-pool/).expand();
    await sideBar.row(/^RBD image web1 .*, 19 MiB · clone of template-linux@golden$/).waitFor();
    await sideBar.row(/^RBD image forgotten .*, 64 MiB · locked$/).waitFor();
    await sideBar.row(/^Trash of the Ceph pool libvirt-pool, 1 image$/).expand();
    await sideBar.row(/^old-mail in the trash .*moved here by a user/).waitFor();
    await sideBar.row(/^RBD image template-linux/).expand();
    await sideBar.row(/^Snapshot golden of the RBD image template-linux, 19 MiB · protected/).waitFor();
    const below = sideBar.row(/^RBD image template-linux/).row(/^RBD image db1 .*clone of @golden/);
    await below.waitFor();
    await workbench.screenshot('images-tree');
    await (await sideBar.row(/^RBD image web1-data/).element()).hover();
    await workbench.page.getByText('Locked by').first().waitFor();
    await workbench.screenshot('images-tooltip');
  });

  it('tell all that Ceph knows of them, and what they really take', async () => {
    const { workbench } = vscode;
    const { sideBar } = workbench;
    await sideBar.row(/^RBD image template-linux/).chooseFromMenu('Show RBD Image Details');
    const details = workbench.editor('RBD image template-linux.txt');
    await details.waitForText(/Features +layering, exclusive-lock, object-map, fast-diff, deep-flatten/);
    await details.waitForText(/libvirt-pool\/web1/);
    await workbench.screenshot('images-details');
    await details.close();
    await sideBar.row(/^Ceph pool libvirt-pool/).chooseFromMenu('Measure All RBD Images');
    const usage = workbench.editor('Real use of libvirt-pool.txt');
    await usage.waitForText(/19 MiB +19 MiB +template-linux/);
    await workbench.screenshot('images-usage');
    await usage.close();
  });

  it('are given back by whoever has forgotten a lock on them', async () => {
    const { workbench } = vscode;
    const { sideBar, dialog } = workbench;
    await sideBar.row(/^RBD image template-linux/).collapse();
    await sideBar.row(/^RBD image forgotten/).chooseFromMenu('Break RBD Lock…');
    assert.match(await dialog.text(), /was made by hand, as “backup of monday”/);
    await workbench.screenshot('images-break-lock');
    await dialog.press('Break Lock');
    await sideBar.row(/^RBD image forgotten .*, 64 MiB$/).waitFor();
    assert.deepEqual(await scene.lab.ceph.rbd('lock', 'ls', `${pool}/forgotten`), []);
  });

  it('have namespaces, which come and go', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput, dialog } = workbench;
    await sideBar.row(/^Ceph pool libvirt-pool/).chooseFromMenu('New RBD Namespace…');
    await quickInput.waitForTitle('New Namespace in libvirt-pool');
    await quickInput.fill('a/b');
    await quickInput.waitForMessage('Ceph takes / and @ for separators.');
    await quickInput.answer('tenant a');
    const tenant = sideBar.row(/^Namespace tenant a of the Ceph pool libvirt-pool/);
    await tenant.waitFor();
    await rbd('create', `--pool=${pool}`, '--namespace=tenant a', '--image=inside', '--size=8M');
    await tenant.pressInlineAction('Refresh RBD Images');
    await tenant.expand();
    await tenant.row(/^RBD image inside .*, 8 MiB$/).waitFor();
    await workbench.screenshot('images-namespace');
    await rbd('rm', `--pool=${pool}`, '--namespace=tenant a', '--image=inside', '--no-progress');
    await tenant.pressInlineAction('Refresh RBD Images');
    await tenant.row('No RBD images').waitFor();
    await tenant.chooseFromMenu('Delete RBD Namespace…');
    assert.match(await dialog.text(), /tenant a of the cluster ceph/);
    await dialog.press('Delete Namespace');
    await tenant.waitUntilGone();
    assert.deepEqual(await scene.lab.ceph.rbd('namespace', 'ls', pool), []);
  });
});
