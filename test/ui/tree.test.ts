import assert from 'node:assert/strict';
import { startLabHome, type LabHome } from '../../tools/labHome.ts';
import { useVsCode } from './support/useVsCode.ts';
import { waitUntil } from './support/waiting.ts';

describe('the tree', function () {
  this.timeout(60_000);
  let scene: LabHome;

  const vscode = useVsCode(async () => {
    scene = await startLabHome(console.log);
    return { home: scene.home, settings: scene.settings };
  });

  after(async () => {
    await scene.stop();
  });

  const rows = (): Promise<string[]> => vscode.workbench.sideBar.rowNames();

  async function untilRows(what: string, isThere: (names: readonly string[]) => boolean): Promise<void> {
    await waitUntil(what, async () => isThere(await rows())).catch(async (error: unknown) => {
      throw new Error(`${String(error)}\n${(await rows()).join('\n')}`);
    });
  }

  it('follows a filter while it is typed, and unfolds what matches', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput } = workbench;
    await workbench.openViewContainer('Libvirt');
    await sideBar.row('Host kvm1').expand();
    await sideBar.row('Host kvm2').expand();
    await sideBar.row('Domains of kvm1: 3').expand();
    await sideBar.row(/^Domain web1/).waitFor();
    await sideBar.pressViewAction('Hosts', 'Filter Tree');
    await quickInput.waitForTitle('Filter the Tree');
    await quickInput.fill('state:run');
    await sideBar.row('Domains of kvm1: 1 of 3').waitFor();
    await workbench.screenshot('tree-filter-typing');
    assert.equal((await quickInput.options())[0], 'Show 1 of 11 objects');
    await quickInput.accept();
    await quickInput.waitUntilClosed();
    await workbench.screenshot('tree-filtered');
    const names = await rows();
    assert.ok(
      names.some((name) => name.startsWith('Domain web1, running')),
      names.join('\n'),
    );
    assert.ok(!names.some((name) => /db1|Storage/.test(name)), names.join('\n'));
    assert.ok(names.includes('Nothing on kvm2 matches the filter.'), names.join('\n'));
  });

  it('shows an object as soon as it matches', async () => {
    const { sideBar } = vscode.workbench;
    await scene.lab.host('kvm1').virsh('start', 'cache1');
    await sideBar.row('Domain cache1, running').waitFor();
    await sideBar.row('Domains of kvm1: 2 of 3').waitFor();
    await scene.lab.host('kvm1').virsh('destroy', 'cache1');
    await sideBar.row('Domain cache1').waitUntilGone();
  });

  it('keeps the filter when the window is loaded again', async () => {
    const { workbench } = vscode;
    const { page, sideBar } = workbench;
    await page.reload();
    await page.locator('.monaco-workbench .activitybar').waitFor();
    await workbench.openViewContainer('Libvirt');
    await page.getByText('Only what matches “state:run” is shown').waitFor();
    await sideBar.row('Host kvm1').expand();
    await sideBar.row('Domains of kvm1: 1 of 3').waitFor();
  });

  it('shows everything again with one click, unfolded as it was', async () => {
    const { sideBar, page } = vscode.workbench;
    await sideBar.pressViewAction('Hosts', 'Show Everything');
    await sideBar.row('Domains of kvm1: 3').expand();
    await sideBar.row('Storage Pools of kvm1: 2').waitFor();
    await sideBar.pressViewAction('Hosts', 'Filter Tree');
    await vscode.workbench.quickInput.fill('pool:rbd');
    await vscode.workbench.quickInput.accept();
    await sideBar.row('Storage pool rbd-pool').waitFor();
    // A row without a document: an open one would connect to its host when the window is loaded again.
    await sideBar.row('Storage Pools of kvm1: 1 of 2').click();
    await page.keyboard.press('Escape');
    await untilRows('the domains again, unfolded', (names) =>
      names.some((name) => name.startsWith('Domain db1')),
    );
    assert.ok(!(await page.getByText('Only what matches').isVisible()));
  });

  it('groups domains by state, in which they move as they change', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput } = workbench;
    await workbench.runCommand('Libvirt: Group Domains');
    await quickInput.pick('By State');
    await sideBar.row('Domains, Running: 1').expand();
    await sideBar.row('Domains, Shut off: 2').expand();
    await sideBar.row(/^Domains, Shut off/, 'Domain cache1').waitFor();
    await workbench.screenshot('tree-grouped');
    await scene.lab.host('kvm1').virsh('start', 'cache1');
    await sideBar.row(/^Domains, Running/, 'Domain cache1').waitFor();
    await scene.lab.host('kvm1').virsh('destroy', 'cache1');
    await sideBar.row(/^Domains, Shut off/, 'Domain cache1').waitFor();
    await workbench.runCommand('Libvirt: Group Domains');
    await quickInput.pick('Not Grouped');
    await sideBar.row(/^Domains, Running/).waitUntilGone();
  });

  it('has favourites above all hosts, which work like the objects themselves', async () => {
    const { sideBar } = vscode.workbench;
    await sideBar.row('Domain cache1').chooseFromMenu('Add to Favourites');
    await sideBar.row('Favourites', /^Domain cache1, shut off, on kvm1/).waitFor();
    await sideBar.row('Storage Pools of kvm1: 2').expand();
    await sideBar.row('Storage pool rbd-pool').chooseFromMenu('Add to Favourites');
    await sideBar.row('Favourites', /^Storage pool rbd-pool, active.*on kvm1/).waitFor();
    await sideBar.row('Favourites', /^Domain cache1/).chooseFromMenu('Start Domain');
    await sideBar.row('Favourites', /^Domain cache1, running/).waitFor();
    await vscode.workbench.screenshot('tree-favourites');
    await scene.lab.host('kvm1').virsh('destroy', 'cache1');
  });

  it('shows favourites without connecting, and says which are gone', async () => {
    const { workbench } = vscode;
    const { page, sideBar } = workbench;
    await page.reload();
    await page.locator('.monaco-workbench .activitybar').waitFor();
    await workbench.openViewContainer('Libvirt');
    await sideBar.row('Favourites', 'Domain cache1, not connected, on kvm1').waitFor();
    await sideBar.row('Host kvm1, not connected').waitFor();
    await scene.lab.host('kvm1').virsh('undefine', 'cache1');
    await sideBar.row('Host kvm1').expand();
    await sideBar.row('Favourites', 'Domain cache1, no longer there, on kvm1').waitFor();
    await workbench.screenshot('tree-favourite-gone');
    await sideBar.row('Favourites', 'Domain cache1').chooseFromMenu('Remove from Favourites');
    await sideBar.row('Favourites', 'Domain cache1').waitUntilGone();
  });
});
