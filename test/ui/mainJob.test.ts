import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startLabHome, type LabHome } from '../../tools/labHome.ts';
import { useVsCode } from './support/useVsCode.ts';
import { waitUntil } from './support/waiting.ts';

/** What an administrator does on a day when a host came up before its Ceph cluster. */
describe('the main job', function () {
  this.timeout(60_000);
  let scene: LabHome;

  const vscode = useVsCode(async () => {
    scene = await startLabHome(console.log);
    await forgetHostKeys(scene.home);
    await scene.lab.host('kvm1').virsh('pool-destroy', 'rbd-pool');
    return { home: scene.home };
  });

  after(async () => {
    await scene.stop();
  });

  it('starts with a welcome that leads to adding a host', async () => {
    const { workbench } = vscode;
    await workbench.openViewContainer('Libvirt');
    assert.match(await workbench.sideBar.welcomeText(), /No host yet/);
    await workbench.screenshot('1-welcome');
    await workbench.sideBar.pressWelcomeButton('Add Host');
    await workbench.quickInput.waitForTitle('Add Host');
    await workbench.quickInput.fill('qemu+tcp://kvm1/system');
    await workbench.quickInput.waitForMessage(/reached by SSH/);
    await workbench.quickInput.fill('kvm1');
    await workbench.quickInput.accept();
  });

  it('shows the fingerprint of a host that is not known, and connects when it is trusted', async () => {
    const { workbench } = vscode;
    const question = await workbench.dialog.text();
    const key = await scene.lab.host('kvm1').run(['ssh-keygen', '-lf', '/etc/ssh/ssh_host_ed25519_key.pub']);
    const fingerprint = /SHA256:\S+/.exec(key)?.[0] ?? 'no fingerprint';
    assert.ok(question.includes(fingerprint), question);
    await workbench.screenshot('2-host-key');
    await workbench.dialog.press('Trust and Connect');
    await workbench.sideBar.row('Host kvm1, connected').waitFor();
    assert.match(await readFile(join(scene.home, '.ssh', 'known_hosts'), 'utf8'), /ssh-ed25519/);
  });

  it('shows what is on the host', async () => {
    const { sideBar } = vscode.workbench;
    await sideBar.row('Domains of kvm1: 3').expand();
    await sideBar.row('Storage Pools of kvm1: 2').expand();
    await sideBar.row('Domain web1, running · autostart').expand();
    await sideBar.row('Disk vda, rbd libvirt-pool/web1').waitFor();
    await sideBar.row('Domain db1, shut off').waitFor();
    await sideBar.row('Storage pool rbd-pool, inactive · autostart').waitFor();
    await vscode.workbench.screenshot('3-tree');
  });

  it('starts the inactive RBD pool', async () => {
    const { sideBar } = vscode.workbench;
    await sideBar.row(/^Storage pool rbd-pool/).chooseFromMenu('Start Pool');
    const started = sideBar.row(/^Storage pool rbd-pool, active/);
    await started.waitFor();
    await started.expand();
    await sideBar.row('Volume db1 of pool rbd-pool').waitFor();
    assert.match(await scene.lab.host('kvm1').virsh('pool-list', '--name'), /^rbd-pool\s*$/m);
  });

  it('flags the RBD disk that lacks auth, in the document and in Problems', async () => {
    const { workbench } = vscode;
    await workbench.sideBar.row(/^Domain db1/).click();
    const editor = workbench.editor('db1.xml');
    await editor.waitForText('<name>db1</name>');
    await waitUntil(
      'the fault',
      async () => (await workbench.problems()).some((text) => text.includes('vda')) || undefined,
    );
    await workbench.screenshot('4-problem');
  });

  it('cures it with one quick fix from the pool, and saves it to the host', async () => {
    const { workbench } = vscode;
    const editor = workbench.editor('db1.xml');
    await editor.select("disk type='network'");
    assert.deepEqual(await editor.quickFixes(), [
      'Add the credentials of pool rbd-pool (client.libvirt)',
      'Turn off the rule rbd-disk-without-auth',
    ]);
    await workbench.screenshot('5-quick-fix');
    await workbench.page.keyboard.press('Enter');
    await editor.waitForText("<auth username='libvirt'>");
    await editor.save();
    await workbench.screenshot('6-saved');
    const saved = await scene.lab.host('kvm1').virsh('dumpxml', '--inactive', 'db1');
    assert.match(saved, /<auth username='libvirt'>/);
  });

  it('starts the domain, which now finds its disk', async () => {
    const { sideBar } = vscode.workbench;
    await sideBar.row(/^Domain db1/).chooseFromMenu('Start Domain');
    await sideBar.row('Domain db1, running').waitFor();
    assert.match(await scene.lab.host('kvm1').virsh('domstate', 'db1'), /running/);
    await vscode.workbench.screenshot('7-running');
  });
});

/** Makes the person one who has never seen the hosts: no key is known, and unknown ones are asked about. */
async function forgetHostKeys(home: string): Promise<void> {
  const path = join(home, '.ssh', 'config');
  const config = await readFile(path, 'utf8');
  await writeFile(
    path,
    config
      .split('\n')
      .filter((line) => !/UserKnownHostsFile|StrictHostKeyChecking/.test(line))
      .join('\n'),
  );
  await writeFile(join(home, '.ssh', 'known_hosts'), '');
}
