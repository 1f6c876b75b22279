import assert from 'node:assert/strict';
import { startLabHome, type LabHome } from '../../tools/labHome.ts';
import { useVsCode } from './support/useVsCode.ts';
import { waitUntil } from './support/waiting.ts';

interface PoolJson {
  readonly pool_name: string;
  readonly size: number;
  readonly pg_num_target: number;
  readonly quota_max_bytes: number;
  readonly application_metadata: Readonly<Record<string, unknown>>;
}

describe('Ceph pools and what images can do', function () {
  this.timeout(60_000);
  let scene: LabHome;

  const vscode = useVsCode(async () => {
    scene = await startLabHome(console.log);
    return { home: scene.home, settings: scene.settings };
  });

  after(async () => {
    await scene.stop();
  });

  const pool = async (name: string): Promise<PoolJson | undefined> =>
    ((await scene.lab.ceph.ceph('osd', 'pool', 'ls', 'detail')) as PoolJson[]).find(
      (one) => one.pool_name === name,
    );
  const features = async (image: string): Promise<string[]> =>
    ((await scene.lab.ceph.rbd('info', `${scene.lab.ceph.pool}/${image}`)) as { features: string[] })
      .features;

  it('are made with the arithmetic of placement groups in sight', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput } = workbench;
    await workbench.openViewContainer('Libvirt');
    await sideBar.row(/^Host kvm1/).expand();
    await sideBar.row(/^Ceph cluster ceph, healthy/).waitFor();
    await sideBar.row(/^Host kvm1/).collapse();
    await sideBar.row(/^Ceph cluster ceph/).expand();
    await sideBar.row(/^Ceph Pools of the Ceph cluster ceph/).expand();
    await sideBar.row(/^Ceph pool libvirt-pool, a single copy · .* used · .* free · 32 PGs/).waitFor();
    await sideBar.row(/^Ceph Pools of the Ceph cluster ceph/).chooseFromMenu('New Ceph Pool…');
    await quickInput.waitForTitle('New Ceph Pool in ceph');
    await quickInput.fill('a/b');
    await quickInput.waitForMessage('The name cannot hold “/” or “@”');
    await quickInput.answer('vms');
    await quickInput.waitForOption('3 copies');
    await workbench.screenshot('ceph-pool-safety');
    await quickInput.pick('2 copies');
    await quickInput.waitForOption('128');
    await workbench.screenshot('ceph-pool-groups');
    await quickInput.fill('400');
    await quickInput.waitForOption('400');
    await workbench.screenshot('ceph-pool-too-many');
    await quickInput.fill('16');
    await quickInput.pick('16');
    await quickInput.waitForOption('Create It');
    await workbench.screenshot('ceph-pool-summary');
    await quickInput.pick('Create It');
    await sideBar.row(/^Ceph pool vms, .*×2 · .* · 16 PGs/).waitFor();
    const made = await pool('vms');
    assert.deepEqual(
      [made?.size, made?.pg_num_target, Object.keys(made?.application_metadata ?? {})],
      [2, 16, ['rbd']],
    );
  });

  it('are changed, with the limit explained', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput } = workbench;
    const row = sideBar.row(/^Ceph pool vms/);
    await row.chooseFromMenu('Change', 'Change Placement Groups of Ceph Pool…');
    await quickInput.waitForTitle('Placement Groups of vms, Now 16');
    await workbench.screenshot('ceph-pool-change-groups');
    await quickInput.fill('32');
    await quickInput.pick('32');
    await waitUntil('Ceph splits the groups', async () => (await pool('vms'))?.pg_num_target === 32);
    await row.chooseFromMenu('Change', 'Set Quota of Ceph Pool…');
    await quickInput.waitForTitle('Quota of vms');
    await quickInput.answer('5G');
    await quickInput.waitForMessage('How many objects');
    await quickInput.accept();
    await waitUntil('Ceph has the quota', async () => (await pool('vms'))?.quota_max_bytes === 5 * 2 ** 30);
    await workbench.screenshot('ceph-pool-changed');
  });

  it('are deleted when their name is typed, and never under a running domain', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput, dialog, notifications } = workbench;
    await sideBar.row(/^Ceph pool libvirt-pool/).chooseFromMenu('Delete Ceph Pool…');
    await notifications.waitFor(
      /libvirt-pool of ceph is not deleted: these domains run from it: web1 on kvm1/,
    );
    await workbench.screenshot('ceph-pool-in-use');
    await sideBar.row(/^Ceph pool vms/).chooseFromMenu('Delete Ceph Pool…');
    assert.match(await dialog.text(), /Delete the Ceph pool vms of ceph with all its data\?/);
    await workbench.screenshot('ceph-pool-delete');
    await dialog.press('Delete Pool…');
    await quickInput.waitForTitle('Delete vms');
    await quickInput.fill('vm');
    await quickInput.waitForMessage('That is not its name.');
    await quickInput.answer('vms');
    await sideBar.row(/^Ceph pool vms/).waitUntilGone();
    assert.equal(await pool('vms'), undefined);
  });

  it('have images whose features and limits change while a domain runs from them', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput, dialog, notifications } = workbench;
    await sideBar.row(/^Ceph pool libvirt-pool/).expand();
    const row = sideBar.row(/^RBD image web1-data of the Ceph pool libvirt-pool/);
    await row.chooseFromMenu('Features and Limits', 'Change Features of RBD Image…');
    await quickInput.waitForTitle('Features of web1-data');
    await workbench.screenshot('image-features');
    await quickInput.pick('For old clients: layering only');
    assert.match(await dialog.text(), /Off: exclusive-lock, object-map, fast-diff, deep-flatten/);
    await workbench.screenshot('image-features-question');
    await dialog.press('Change Features');
    await notifications.waitFor(/web1-data has these features now: layering \(1\)\./);
    assert.deepEqual(await features('web1-data'), ['layering']);
    await row.chooseFromMenu('Features and Limits', 'Limit I/O of RBD…');
    await quickInput.waitForTitle('Limits of web1-data');
    await workbench.screenshot('image-limits');
    await quickInput.pick('All: operations per second');
    await quickInput.answer('500');
    await quickInput.waitForOption('All: operations per second');
    // The list is long: what is out of sight is not there.
    await quickInput.fill('Remove All');
    await quickInput.waitForOption('Remove All Limits of the Image');
    await workbench.screenshot('image-limits-set');
    await quickInput.cancel();
    const settings = (await scene.lab.ceph.rbd(
      'config',
      'image',
      'ls',
      `${scene.lab.ceph.pool}/web1-data`,
    )) as {
      name: string;
      value: string;
      source: string;
    }[];
    assert.deepEqual(
      settings.find(({ name }) => name === 'rbd_qos_iops_limit'),
      {
        name: 'rbd_qos_iops_limit',
        value: '500',
        source: 'image',
      },
    );
  });
});
