import assert from 'node:assert/strict';
import type { LabHost } from '../../tools/lab/host.ts';
import { startLabHome, type LabHome } from '../../tools/labHome.ts';
import type { Editor } from './support/editor.ts';
import { useVsCode } from './support/useVsCode.ts';
import { waitUntil } from './support/waiting.ts';

describe('saving a document of a host', function () {
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

  const open = async (domain: string): Promise<Editor> => {
    const { workbench } = vscode;
    await workbench.sideBar.row(new RegExp(`^Domain ${domain},`)).click();
    const editor = workbench.editor(`${domain}.xml`);
    await editor.waitForText(`<name>${domain}</name>`);
    return editor;
  };

  it('offers to compare when somebody else has changed it meanwhile', async () => {
    const { workbench } = vscode;
    await workbench.openViewContainer('Libvirt');
    await workbench.sideBar.row(/^Host kvm1/).expand();
    await workbench.sideBar.row('Domains of kvm1: 3').expand();
    const editor = await open('cache1');
    await editor.replace('<title>', '<title>Mine: ');
    await kvm1.virsh('desc', 'cache1', '--config', '--title', 'Theirs');
    await editor.pressSave();
    await workbench.notifications.waitFor(/content of the file is newer/);
    assert.match(await kvm1.virsh('desc', 'cache1', '--title'), /Theirs/);
    await workbench.notifications.press(/content of the file is newer/, 'Overwrite');
    await editor.waitUntilSaved();
    assert.match(await kvm1.virsh('desc', 'cache1', '--title'), /Mine: /);
  });

  it('renames a domain that is off, after asking', async () => {
    const { workbench } = vscode;
    const editor = await open('cache1');
    await editor.replace('<name>cache1</name>', '<name>cache7</name>');
    await editor.pressSave();
    assert.match(await workbench.dialog.text(), /Rename cache1 on kvm1\?/);
    await workbench.screenshot('rename');
    await workbench.dialog.press('Rename');
    await workbench.sideBar.row('Domain cache7, shut off').waitFor();
    await workbench.editor('cache7.xml').waitForText('<name>cache7</name>');
    assert.match(await kvm1.virsh('list', '--all', '--name'), /cache7/);
    await waitUntil('the old editor to close', async () => !(await editor.isOpen()));
  });

  it('saves nothing when the question about a changed UUID is cancelled', async () => {
    const { workbench } = vscode;
    const editor = await open('db1');
    const before = await kvm1.virsh('dumpxml', '--inactive', 'db1');
    const uuid = /<uuid>(.*)<\/uuid>/.exec(before)?.[1] ?? '';
    await editor.replace(`<uuid>${uuid}</uuid>`, '<uuid>00000000-0000-4000-8000-000000000001</uuid>');
    await editor.pressSave();
    assert.match(await workbench.dialog.text(), /with the UUID it has\?/);
    await workbench.dialog.press('Cancel');
    await workbench.notifications.waitFor(/Not saved/);
    assert.equal(await editor.isDirty(), true);
    assert.equal(await kvm1.virsh('dumpxml', '--inactive', 'db1'), before);
  });

  it('of a running domain says when it takes effect, and shows the difference', async () => {
    const { workbench } = vscode;
    const editor = await open('web1');
    await editor.replace('<title>Web front end</title>', '<title>Web front end, new</title>');
    await editor.save();
    const said = /web1 is running on kvm1: the change takes effect at its next start/;
    await workbench.notifications.waitFor(said);
    await workbench.notifications.press(said, 'Show Difference');
    await workbench.page
      .locator('.monaco-diff-editor .view-line', { hasText: 'front end, new' })
      .first()
      .waitFor();
    await workbench.screenshot('live-difference');
  });
});
