import assert from 'node:assert/strict';
import { startLabHome, type LabHome } from '../../tools/labHome.ts';
import { useVsCode } from './support/useVsCode.ts';

describe('the doctor', function () {
  this.timeout(60_000);
  let scene: LabHome;

  const vscode = useVsCode(async () => {
    scene = await startLabHome(console.log);
    return { home: scene.home, settings: scene.settings };
  });

  after(async () => {
    await scene.stop();
  });

  it('checks up a host, and tells the worst first with what helps above it', async () => {
    const { workbench } = vscode;
    const { sideBar } = workbench;
    await workbench.openViewContainer('Libvirt');
    await sideBar.row(/^Host kvm2/).expand();
    await sideBar.row(/^Host kvm2/).chooseFromMenu('Check Up Host');
    const report = workbench.editor('Check-up of kvm2.md');
    await report.waitFor();
    await report.waitForText(/backend/);
    await workbench.page.waitForTimeout(1500);
    await workbench.screenshot('doctor-1-report');
    assert.ok((await report.text()).length > 0);
    await sideBar.row(/^Host kvm1/).expand();
    await sideBar.row(/^Ceph cluster ceph/).waitFor();
    await workbench.runCommand('Libvirt: Check Up All Hosts and Clusters');
    await workbench.editor('Check-up of everything.md').waitFor();
    await workbench.page.waitForTimeout(1500);
    await workbench.screenshot('doctor-2-all');
  });
});
