import assert from 'node:assert/strict';
import { startLabHome, type LabHome } from '../../tools/labHome.ts';
import { useVsCode } from './support/useVsCode.ts';

/** How the name of a row of each kind begins. */
const kinds = [
  'Favourites',
  'Host ',
  'Domains of ',
  'Storage Pools of ',
  'Networks of ',
  'Secrets of ',
  'Domain ',
  'RBD snapshots of ',
  'Disk ',
  'Network interface ',
  'Storage pool ',
  'Volume ',
  'Network ',
  'Secret ',
  'Ceph cluster ',
];

describe('what a screen reader says and a theme shows', function () {
  this.timeout(60_000);
  let scene: LabHome;

  const vscode = useVsCode(async () => {
    scene = await startLabHome(console.log);
    return { home: scene.home, settings: scene.settings };
  });

  after(async () => {
    await scene.stop();
  });

  it('of each row is its kind, its name and its state', async () => {
    const { workbench } = vscode;
    const { sideBar, page } = workbench;
    await workbench.openViewContainer('Libvirt');
    await sideBar.row(/^Host kvm1/).expand();
    for (const group of ['Secrets', 'Networks', 'Storage Pools', 'Domains'])
      await sideBar.row(new RegExp(`^${group} of kvm1`)).expand();
    await sideBar.row(/^Storage pool images/).expand();
    await sideBar.row(/^Domain web1/).expand();
    await sideBar.row(/^Domain web1/).chooseFromMenu('Add to Favourites');
    await sideBar.row('Favourites', /^Domain web1/).waitFor();
    const rows = await page
      .locator('.sidebar .pane-body .monaco-list-row[role="treeitem"]')
      .evaluateAll((elements: readonly RowOnPage[]) =>
        elements.map((element) => ({
          name: element.getAttribute('aria-label') ?? '',
          label: element.querySelector('.label-name')?.textContent ?? '',
          description: element.querySelector('.label-description')?.textContent ?? '',
        })),
      );
    const seen = new Set<string>();
    for (const { name, label, description } of rows) {
      const kind = kinds.find((known) => name.startsWith(known));
      assert.ok(kind !== undefined, `what is ${name}?`);
      seen.add(kind);
      assert.ok(name.toLowerCase().includes(label.trim().toLowerCase()), `${name} without ${label}`);
      // Nobody wants to hear a UUID.
      const words = description.replaceAll('\u00a0', ' ').split(' · ');
      for (const word of words.filter((each) => !/^[\da-f]{8}-/.test(each)))
        assert.ok(name.includes(word.trim()), `${name} without ${word}`);
    }
    assert.deepEqual(
      kinds.filter((kind) => !seen.has(kind)),
      [],
    );
  });

  it('of each button is what it does', async () => {
    const { page, sideBar } = vscode.workbench;
    await (await sideBar.row('Storage pool rbd-pool').element()).hover();
    const buttons = await page
      .locator('.sidebar a.action-label[role="button"]')
      .evaluateAll((elements: readonly RowOnPage[]) =>
        elements.map((element) => element.getAttribute('aria-label') ?? ''),
      );
    assert.ok(buttons.length > 5, buttons.join());
    assert.deepEqual(
      buttons.filter((name) => name.trim() === ''),
      [],
    );
  });

  for (const [theme, shown] of [
    ['Dark Modern', 'vs-dark'],
    ['Light Modern', 'vs'],
    ['Dark High Contrast', 'hc-black'],
    ['Light High Contrast', 'hc-light'],
  ] as const) {
    it(`is there in the theme ${theme}`, async () => {
      const { workbench } = vscode;
      const { page, sideBar, quickInput } = workbench;
      await workbench.runCommand('Preferences: Color Theme');
      await quickInput.fill(theme);
      await quickInput.pick(theme);
      await page.locator(`.monaco-workbench.${shown}`).waitFor();
      const row = await sideBar.row('Host kvm1', 'Domain web1').element();
      await row.click({ button: 'right' });
      await page.getByRole('menuitem').first().waitFor();
      await workbench.screenshot(`theme-${shown}`);
      await page.keyboard.press('Escape');
    });
  }

  it('of the walkthrough are its steps', async () => {
    const { workbench } = vscode;
    const { page, quickInput } = workbench;
    await workbench.runCommand('Welcome: Open Walkthrough');
    await quickInput.pick('KVM Hosts and Ceph');
    const steps = page.locator('.getting-started-step');
    await steps.first().waitFor();
    const titles = await steps.locator('.step-title').allInnerTexts();
    assert.deepEqual(titles, [
      'Add a Host',
      'Look Around',
      'Edit XML with Checks',
      'Start a Domain and Open Its Console',
      'Use Ceph for Storage',
      'Take a Snapshot',
    ]);
    await steps.nth(2).click();
    await workbench.screenshot('walkthrough');
  });
});

/** What a page function needs of an element: the tests are compiled without the types of the DOM. */
interface RowOnPage {
  getAttribute(name: string): string | null;
  querySelector(selector: string): { readonly textContent: string | null } | null;
}
