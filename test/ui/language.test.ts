import assert from 'node:assert/strict';
import { startLabHome, type LabHome } from '../../tools/labHome.ts';
import type { Editor } from './support/editor.ts';
import { useVsCode } from './support/useVsCode.ts';

describe('editing the XML of a domain', function () {
  this.timeout(60_000);
  let scene: LabHome;
  let editor: Editor;

  const vscode = useVsCode(async () => {
    scene = await startLabHome(console.log);
    return { home: scene.home, settings: scene.settings };
  });

  after(async () => {
    await scene.stop();
  });

  it('opens without a fault', async () => {
    const { workbench } = vscode;
    await workbench.openViewContainer('Libvirt');
    await workbench.sideBar.row(/^Host kvm1/).expand();
    await workbench.sideBar.row('Domains of kvm1: 3').expand();
    await workbench.sideBar.row(/^Domain web1,/).click();
    editor = workbench.editor('web1.xml');
    await editor.waitForText('<name>web1</name>');
    assert.equal(await editor.squiggles('error'), 0);
  });

  it('has an outline that says what its parts are', async () => {
    const { workbench } = vscode;
    await editor.select('<devices>');
    await workbench.runCommand('Explorer: Focus on Outline View');
    await workbench.page.getByText('No Folder Opened').click();
    const outline = workbench.page.locator('.outline-tree');
    await outline.locator('.monaco-list-row', { hasText: 'domain web1' }).hover();
    await workbench.page.mouse.wheel(0, 400);
    const disk = outline.locator('.monaco-list-row', { hasText: 'disk vda' });
    await disk.waitFor();
    await workbench.screenshot('outline');
    assert.match(await disk.innerText(), /rbd libvirt-pool\/web1/);
    await workbench.openViewContainer('Libvirt');
  });

  it('says what an attribute is for, with the way to the documentation', async () => {
    await editor.select('cache=');
    const text = await editor.hover('cache');
    await vscode.workbench.screenshot('hover');
    assert.match(text, /page cache/);
    assert.match(text, /libvirt documentation/);
  });

  it('tells what a misspelt value was meant to be, and repairs it', async () => {
    const { workbench } = vscode;
    await editor.replace('writeback', 'writebck');
    await editor.waitForSquiggles('error', 1);
    assert.match(await editor.hoverSquiggle('error'), /Did you mean 'writeback'\?/);
    await workbench.screenshot('squiggle');
    await editor.select('writebck');
    await workbench.page.keyboard.press('ArrowLeft');
    const fixes = await editor.quickFixes();
    await workbench.screenshot('schema-fix');
    await workbench.page.keyboard.press('Escape');
    const fix = fixes.find((title) => title.includes('writeback')) ?? '';
    await editor.applyQuickFix(fix);
    await editor.waitForText("cache='writeback'");
    await editor.waitForSquiggles('error', 0);
  });

  it('completes an element with what it must have', async () => {
    const { workbench } = vscode;
    await editor.select("<memballoon model='virtio'");
    await workbench.page.keyboard.press('Home');
    await editor.type('<wat');
    const offered = await editor.completions();
    await workbench.screenshot('completion-element');
    assert.ok(offered.includes('watchdog'), offered.join());
    await editor.acceptCompletion('watchdog');
    await workbench.screenshot('completion-inserted');
    await editor.waitForText('<watchdog model=');
  });

  it('knows the networks of the host', async () => {
    const { workbench } = vscode;
    await editor.select("network='default'");
    await editor.type("network='");
    const offered = await editor.completions();
    await workbench.screenshot('completion-value');
    assert.ok(offered.includes('default') && offered.includes('storage'), offered.join());
    await editor.acceptCompletion('storage');
    await editor.waitForText("<source network='storage'");
  });

  it('lists what is wrong, with what it is about', async () => {
    const { workbench } = vscode;
    await editor.replace('<vcpu', '<vpcu');
    await editor.waitForSquiggles('error', 1);
    await workbench.runCommand('Problems: Focus on Problems View');
    await workbench.page.locator('.markers-panel .monaco-list-row').nth(1).waitFor();
    await workbench.screenshot('problems');
  });
});
