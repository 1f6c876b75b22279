import assert from 'node:assert/strict';
import type { LabHost } from '../../tools/lab/host.ts';
import { startLabHome, type LabHome } from '../../tools/labHome.ts';
import { useVsCode } from './support/useVsCode.ts';
import { waitUntil } from './support/waiting.ts';

/** What a page function needs of the page: the tests are compiled without the types of the DOM. */
interface StylesOnPage {
  getComputedStyle(element: unknown, pseudo: string): { readonly content: string };
}

describe('the doctor', function () {
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

  it('checks up a host: what is wrong, why, what was seen, and what helps', async () => {
    const { workbench } = vscode;
    const { sideBar } = workbench;
    await workbench.openViewContainer('Libvirt');
    await sideBar.row(/^Host kvm2/).expand();
    await sideBar.row(/^Host kvm2/).chooseFromMenu('Check Up Host');
    const report = workbench.editor('Check-up of kvm2.md');
    await report.waitFor();
    await report.waitForText('libvirt on kvm2 has no backend for rbd pools, which rbd-pool needs');
    assert.match(await report.text(), /Errors: 1/);
    const lenses = await report.codeLenses();
    assert.ok(lenses.some((text) => text.includes('About This Failure')));
    await workbench.screenshot('doctor-1-report');
    await report.pressCodeLens('Show the Plan');
    const plan = workbench.editor('Install libvirt’s backend for rbd pools on kvm2 and start rbd-pool.sh');
    await plan.waitFor();
    assert.ok((await plan.codeLenses()).some((text) => text.includes('Run This Plan')));
    await workbench.screenshot('doctor-2-plan');
  });

  it('marks in the tree what it has found', async () => {
    const { sideBar } = vscode.workbench;
    await sideBar.row(/^Storage Pools of kvm2/).expand();
    const pool = sideBar.row(/^Storage pool rbd-pool/);
    await waitUntil('the badge', async () => {
      const badge = await (
        await pool.element()
      )
        .locator('.monaco-icon-label')
        .first()
        .evaluate(
          (label: unknown) =>
            (globalThis as unknown as StylesOnPage).getComputedStyle(label, '::after').content,
        );
      return badge === '"!"';
    });
  });

  it('explains an error where it is shown, and cures what it comes from', async () => {
    const { workbench } = vscode;
    const { sideBar, notifications, quickInput } = workbench;
    await sideBar.row(/^Host kvm1/).expand();
    await sideBar.row(/^Domains of kvm1/).expand();
    await sideBar.row(/^Domain db1/).chooseFromMenu('Start Domain');
    await notifications.press(/db1 does not start on kvm1/, 'Explain');
    const explanation = workbench.editor('What This Means.md');
    await explanation.waitFor();
    await explanation.waitForText('### vda of db1 on kvm1 has no');
    await explanation.codeLenses();
    await workbench.screenshot('doctor-3-explained');
    await workbench.runCommand('Libvirt: Cure a Finding…');
    await quickInput.waitForOption('Log in as client.libvirt');
    await workbench.screenshot('doctor-4-cures');
    await quickInput.accept();
    const plan = workbench.editor('Let db1 on kvm1 log in to Ceph as client.libvirt.sh');
    await plan.waitFor();
    await plan.pressCodeLens('Run This Plan');
    await notifications.waitFor(/^Done: Let db1 on kvm1 log in/);
    await workbench.screenshot('doctor-5-cured');
    assert.match(await kvm1.virsh('dumpxml', '--inactive', 'db1'), /<auth username='libvirt'>/);
    await sideBar.row(/^Domain db1/).chooseFromMenu('Start Domain');
    await sideBar.row(/^Domain db1, running/).waitFor();
  });

  it('has a page of each failure', async () => {
    const { workbench } = vscode;
    const { quickInput } = workbench;
    await workbench.runCommand('Libvirt: About a Known Failure…');
    await quickInput.fill('backend');
    await workbench.screenshot('doctor-6-about');
    await quickInput.accept();
    await workbench.page.locator('.tab.active', { hasText: 'missing-storage-backend.md' }).waitFor();
    await workbench.screenshot('doctor-7-page');
  });
});
