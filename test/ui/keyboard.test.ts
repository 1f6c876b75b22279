import assert from 'node:assert/strict';
import { startLabHome, type LabHome } from '../../tools/labHome.ts';
import { useVsCode } from './support/useVsCode.ts';
import { waitUntil } from './support/waiting.ts';

/** Nothing here touches the mouse. */
describe('an administrator with a keyboard alone', function () {
  this.timeout(60_000);
  let scene: LabHome;

  const vscode = useVsCode(async () => {
    scene = await startLabHome(console.log);
    return { home: scene.home, settings: scene.settings };
  });

  after(async () => {
    await scene.stop();
  });

  const press = (key: string): Promise<void> => vscode.workbench.page.keyboard.press(key);

  /** Runs a command by typing its words and Enter. */
  async function command(words: string): Promise<void> {
    const { workbench } = vscode;
    // A window that has just been opened does not know all commands yet.
    await waitUntil(`the command ${words}`, async () => {
      await press('Escape');
      await press('F1');
      await workbench.quickInput.fill(`>${words}`);
      return (await workbench.quickInput.options())[0]?.startsWith(words);
    });
    await press('Enter');
  }

  async function focusedRow(): Promise<string> {
    const row = vscode.workbench.page.locator('.sidebar .monaco-list-row.focused');
    return (await row.getAttribute('aria-label', { timeout: 500 }).catch(() => '')) ?? '';
  }

  /** Goes down from the first row until the focus is on this one. */
  async function goTo(name: RegExp): Promise<void> {
    const passed: string[] = [];
    await waitUntil(
      `the focus on ${String(name)}`,
      async () => {
        await press('Home');
        for (let steps = 0; steps < 30; steps += 1) {
          const row = await focusedRow();
          if (name.test(row)) return true;
          passed.push(row);
          await press('ArrowDown');
        }
        return false;
      },
      15_000,
    ).catch((error: unknown) => {
      throw new Error(`${String(error)}\n${passed.slice(-30).join('\n')}`);
    });
  }

  /** A window that is busy loses a key now and then. On a row that is unfolded, the key goes to what is below. */
  async function unfold(name: RegExp, shown: string | RegExp): Promise<void> {
    const { sideBar, page } = vscode.workbench;
    await waitUntil(`${String(name)} to be unfolded`, async () => {
      await goTo(name);
      await press('ArrowRight');
      for (let looks = 0; looks < 10; looks += 1) {
        if (await sideBar.row(shown).isShown()) return true;
        await page.waitForTimeout(300);
      }
      return false;
    });
  }

  const focusTree = (): Promise<void> => command('Libvirt: Focus on Hosts View');

  it('comes to the tree, connects a host and looks at it', async () => {
    const { sideBar } = vscode.workbench;
    await focusTree();
    await sideBar.row('Host kvm1').waitFor();
    // A view that is opened has the focus before it has rows.
    await focusTree();
    await unfold(/^Host kvm1/, 'Host kvm1, connected');
    // The whole tree is drawn again when a cluster is found.
    await sideBar.row(/^Ceph cluster/).waitFor();
    await unfold(/^Domains of kvm1: 3/, /^Domain cache1/);
    await goTo(/^Domain cache1/);
  });

  it('starts a domain and works in its console', async () => {
    const { workbench } = vscode;
    await press('F7');
    await workbench.sideBar.row('Domain cache1, running').waitFor();
    await press('Control+Enter');
    const { page } = workbench;
    await page.locator('.terminal-wrapper.active.xterm, .terminal-wrapper.active .xterm').first().waitFor();
    await waitUntil('the console', async () =>
      (await workbench.terminalText()).includes('Console of cache1'),
    );
    await workbench.screenshot('keyboard-console');
  });

  it('filters the tree and shows everything again', async () => {
    const { workbench } = vscode;
    await focusTree();
    await press('Control+f');
    await workbench.quickInput.waitForTitle('Filter the Tree');
    await workbench.page.keyboard.type('state:run cache');
    await workbench.sideBar.row('Domains of kvm1: 1 of 3').waitFor();
    await press('Enter');
    await workbench.quickInput.waitUntilClosed();
    await goTo(/^Domain cache1/);
    await workbench.screenshot('keyboard-filter');
    await press('Escape');
    await workbench.sideBar.row('Domains of kvm1: 3').waitFor();
  });

  it('finds what else can be done to a row, and does it', async () => {
    const { workbench } = vscode;
    const { quickInput, dialog } = workbench;
    await goTo(/^Domain cache1/);
    await press('Control+.');
    await quickInput.waitForTitle('cache1');
    await workbench.screenshot('keyboard-actions');
    await workbench.page.keyboard.type('force off');
    await press('Enter');
    assert.match(await dialog.text(), /Force off cache1 on kvm1\?/);
    await press('Enter');
    await workbench.sideBar.row('Domain cache1, shut off').waitFor();
  });

  it('renames, marks and copies', async () => {
    const { workbench } = vscode;
    const { quickInput, sideBar } = workbench;
    await goTo(/^Domain cache1/);
    await press('F2');
    await quickInput.fill('cache9');
    await press('Enter');
    await sideBar.row('Domain cache9').waitFor();
    assert.match(await scene.lab.host('kvm1').virsh('list', '--all', '--name'), /^cache9$/m);
    await goTo(/^Domain cache9/);
    await press('Control+d');
    await sideBar.row('Favourites', /^Domain cache9, shut off, on kvm1/).waitFor();
    await press('Control+d');
    await sideBar.row('Favourites').waitUntilGone();
  });

  it('does to several rows what it does to one', async () => {
    const { workbench } = vscode;
    await goTo(/^Domain cache9/);
    await press('Control+Shift+Enter');
    await press('Shift+ArrowDown');
    await press('Control+.');
    await workbench.quickInput.waitForTitle('2 rows');
    await press('Escape');
  });

  it('removes a domain, after a question', async () => {
    const { workbench } = vscode;
    await goTo(/^Domain cache9/);
    // It is selected still, with another: a focused row that is not selected is meant alone.
    await press('Control+Shift+Enter');
    await press('Delete');
    await workbench.screenshot('keyboard-delete');
    await workbench.quickInput.waitForTitle('Undefine cache9 on kvm1');
    await press('Enter');
    assert.match(await workbench.dialog.text(), /cache9/);
    await workbench.screenshot('keyboard-delete-question');
    await press('Escape');
    assert.match(await scene.lab.host('kvm1').virsh('list', '--all', '--name'), /^cache9$/m);
  });

  it('opens the XML with Enter', async () => {
    await focusTree();
    await goTo(/^Domain web1/);
    await press('Enter');
    await vscode.workbench.editor('web1.xml').waitForText('<name>web1</name>');
  });
});
