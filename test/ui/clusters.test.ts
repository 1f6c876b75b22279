import { startLabHome, type LabHome } from '../../tools/labHome.ts';
import { useVsCode } from './support/useVsCode.ts';

describe('a Ceph cluster in the tree', function () {
  this.timeout(60_000);
  let scene: LabHome;

  const vscode = useVsCode(async () => {
    scene = await startLabHome(console.log);
    return { home: scene.home, settings: scene.settings };
  });

  after(async () => {
    await scene.stop();
  });

  it('stands beside the hosts that are its clients, with its health', async () => {
    const { workbench } = vscode;
    const { sideBar } = workbench;
    await workbench.openViewContainer('Libvirt');
    await sideBar.row(/^Host kvm1/).expand();
    await sideBar.row(/^Ceph cluster ceph, healthy/).expand();
    await sideBar.row(/^Ceph Pools of the Ceph cluster ceph/).expand();
    await sideBar.row(/^Ceph pool libvirt-pool/).expand();
    await sideBar.row(/^RBD image web1 of the Ceph pool libvirt-pool/).waitFor();
    await workbench.screenshot('clusters-tree');
  });
});
