import assert from 'node:assert/strict';
import { openConsole } from '../../src/libvirt/domainStreams.ts';
import { lookupDomainByName } from '../../src/libvirt/domains.ts';
import { startLabHome, type LabHome } from '../../tools/labHome.ts';
import { connectTo } from '../lab/libvirt/labConnection.ts';
import { useVsCode } from './support/useVsCode.ts';
import { waitUntil } from './support/waiting.ts';

describe('a serial console', function () {
  this.timeout(60_000);
  let scene: LabHome;

  const vscode = useVsCode(async () => {
    scene = await startLabHome(console.log);
    return { home: scene.home, settings: scene.settings };
  });

  after(async () => {
    await scene.stop();
  });

  /** A booting guest takes its time. */
  async function shows(text: string | RegExp): Promise<void> {
    const { workbench } = vscode;
    let seen = '';
    await waitUntil(
      `${String(text)} in the terminal`,
      async () => {
        seen = await workbench.terminalText();
        return typeof text === 'string' ? seen.includes(text) : text.test(seen);
      },
      40_000,
    ).catch((error: unknown) => {
      throw new Error(`${String(error)}\n${seen}`);
    });
  }

  /** Types a command until the guest is up and answers. */
  async function ask(command: string, answer: string): Promise<void> {
    await waitUntil(
      `the answer ${answer}`,
      async () => {
        await vscode.workbench.typeInTerminal(`${command}\n`);
        await new Promise((resolve) => setTimeout(resolve, 700));
        return (await vscode.workbench.terminalText()).includes(answer);
      },
      40_000,
    );
  }

  it('opens from the row of a running domain, in a terminal with the shell of the guest', async () => {
    const { workbench } = vscode;
    const { sideBar } = workbench;
    await workbench.openViewContainer('Libvirt');
    await sideBar.row('Host kvm1').expand();
    await sideBar.row('Domains of kvm1: 3').expand();
    await sideBar.row(/^Domain web1, running/).pressInlineAction('Open Serial Console');
    await shows('Console of web1 on kvm1.');
    await ask('echo answer=$((6*7))', 'answer=42');
    await workbench.screenshot('console');
  });

  it('types the size of the window into the guest when that is asked for', async () => {
    const { workbench } = vscode;
    await workbench.page.locator('.statusbar-item[id*="libvirt"]').first().click();
    await shows(/stty rows \d+ cols \d+/);
    const [, rows, columns] = /stty rows (\d+) cols (\d+)/.exec(await workbench.terminalText()) ?? [];
    await ask('stty size', `${rows} ${columns}`);
  });

  it('of another domain opens beside it, and waits for its start', async () => {
    const { workbench } = vscode;
    await workbench.sideBar.row(/^Domain cache1/).chooseFromMenu('Open Serial Console');
    await shows('cache1 does not run. The console comes back when it is started.');
    await scene.lab.host('kvm1').virsh('start', 'cache1');
    await shows('Console of cache1 on kvm1.');
    await workbench.screenshot('console-two');
    await scene.lab.host('kvm1').virsh('destroy', 'cache1');
    await shows(/started\.[^]*does not run/);
  });

  it('shows the same terminal when it is opened again', async () => {
    const { workbench } = vscode;
    await workbench.sideBar.row(/^Domain web1/).chooseFromMenu('Open Serial Console');
    await shows('answer=42');
  });

  it('stays over a reboot', async () => {
    await scene.lab.host('kvm1').virsh('reset', 'web1');
    await shows('web1 is ready');
    await ask('echo again=$((3*3))', 'again=9');
  });

  it('that somebody else takes over says so, and is taken back when that is agreed to', async () => {
    const { workbench } = vscode;
    const connection = await connectTo(scene.lab.host('kvm1'));
    const domain = await lookupDomainByName(connection, 'web1');
    const theirs = await openConsole(connection, domain, { force: true });
    const thrownOut = new Promise((resolve) => theirs.once('error', resolve));
    await shows('Somebody else has taken over this console.');
    await workbench.typeInTerminal('\n');
    assert.match(await workbench.dialog.text(), /Take over the console of web1 on kvm1\?/);
    await workbench.screenshot('console-take-over');
    await workbench.dialog.press('Take Over');
    await thrownOut;
    connection.dispose();
    await ask('echo mine=$((5*5))', 'mine=25');
    await workbench.screenshot('console-taken-back');
  });

  it('has a screen, of which a picture is taken, and a keyboard', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput } = workbench;
    await sideBar.row(/^Domain web1/).chooseFromMenu('Take Screenshot');
    const picture = workbench.webview().locator('img');
    await picture.waitFor();
    const first = await picture.getAttribute('src');
    assert.match((await picture.getAttribute('alt')) ?? '', /^Screen of web1 on kvm1/);
    await workbench.screenshot('screenshot');
    await sideBar.row(/^Domain web1/).chooseFromMenu('Send Key…');
    await quickInput.waitForTitle('Send Key to web1 on kvm1');
    await workbench.screenshot('send-key');
    await quickInput.pick('Another Combination');
    await quickInput.fill('Ctrl+Any');
    await quickInput.waitForMessage('There is no key “any”.');
    await quickInput.answer('Shift+X');
    await waitUntil('another picture', async () => {
      await workbench.runCommand('Libvirt: Refresh Screenshot');
      await new Promise((resolve) => setTimeout(resolve, 800));
      return (await workbench.webview().locator('img').getAttribute('src')) !== first;
    });
  });

  it('comes back after the connection to the host was lost', async () => {
    const { workbench } = vscode;
    await scene.lab.host('kvm1').restartLibvirtd();
    await shows('kvm1 is not connected. The console comes back with it.');
    await ask('echo back=$((8*8))', 'back=64');
    await workbench.screenshot('console-back');
  });
});
