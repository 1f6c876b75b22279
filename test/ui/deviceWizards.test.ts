import assert from 'node:assert/strict';
import type { LabHost } from '../../tools/lab/host.ts';
import { xml } from '../../tools/lab/xml.ts';
import { startLabHome, type LabHome } from '../../tools/labHome.ts';
import { useVsCode } from './support/useVsCode.ts';
import { waitUntil } from './support/waiting.ts';

const folder = '/var/lib/libvirt/images';
const jobs = 'Copy, Commit and Pull';
const unlimited = /At most how much per second/;

describe('wizards of devices', function () {
  this.timeout(60_000);
  let scene: LabHome;
  let kvm1: LabHost;
  /** Of the network interface that is attached. */
  let mac = '';

  const vscode = useVsCode(async () => {
    scene = await startLabHome(console.log);
    kvm1 = scene.lab.host('kvm1');
    const overlay = (name: string): string =>
      [
        `snapshot-create-as cache1 ${name} --disk-only --no-metadata`,
        `--diskspec vda,file=${folder}/cache1.${name} --diskspec hda,snapshot=no`,
      ].join(' ');
    await kvm1.virshBatch([
      `net-define ${await kvm1.writeXml('backup', xml`<network><name>backup</name><bridge name='virbr9'/></network>`)}`,
      'net-start backup',
      'start cache1 --paused',
      overlay('layer1'),
      overlay('layer2'),
      overlay('layer3'),
    ]);
    return { home: scene.home, settings: scene.settings };
  });

  after(async () => {
    await scene.stop();
  });

  const interfaces = async (...flags: string[]): Promise<string> =>
    (await kvm1.virsh('domiflist', 'web1', ...flags)).replace(/ +/g, ' ');

  it('attach a network interface to the running guest and its definition', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput, notifications } = workbench;
    await workbench.openViewContainer('Libvirt');
    await sideBar.row(/^Host kvm1/).expand();
    await sideBar.row(/^Domains of kvm1/).expand();
    await sideBar.row(/^Domain web1/).chooseFromMenu('Devices', 'Attach Network Interface…');
    await quickInput.waitForTitle('Attach a Network Interface to web1 on kvm1');
    await quickInput.waitForOption('default');
    await workbench.screenshot('wizards-card-source');
    await quickInput.pick('default');
    await quickInput.waitForOption('Attach to the network default');
    await workbench.screenshot('wizards-card-summary');
    await quickInput.accept();
    const told = await notifications.waitFor(/is attached to web1 on kvm1: now and at the next start\./);
    mac = /^[0-9a-f:]{17}/.exec(told)?.[0] ?? '';
    assert.match(await interfaces(), new RegExp(`network default virtio ${mac}`));
    assert.match(await interfaces('--inactive'), new RegExp(`network default virtio ${mac}`));
    await sideBar.row(/^Domain web1/).expand();
    await sideBar.row(new RegExp(`^Network interface ${mac}, network default virtio$`)).waitFor();
    await workbench.screenshot('wizards-card-attached');
  });

  it('unplug its cable and plug it in', async () => {
    const { workbench } = vscode;
    const plugged = workbench.sideBar.row(new RegExp(`^Network interface ${mac}(?!.* unplugged)`));
    const unplugged = workbench.sideBar.row(new RegExp(`^Network interface ${mac}.* unplugged`));
    const untilLinkIs = async (state: string): Promise<void> => {
      for (const flags of [[], ['--config']])
        await waitUntil(`the link to be ${state}`, async () =>
          (await kvm1.virsh('domif-getlink', 'web1', mac, ...flags)).includes(` ${state}`),
        );
    };
    await plugged.chooseFromMenu('Unplug Cable');
    await untilLinkIs('down');
    await unplugged.waitFor();
    await workbench.screenshot('wizards-card-unplugged');
    await unplugged.chooseFromMenu('Plug In Cable');
    await untilLinkIs('up');
    await plugged.waitFor();
  });

  it('move it to another network', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput, notifications } = workbench;
    await sideBar.row(`Network interface ${mac}`).chooseFromMenu('Change Network of Interface…');
    await quickInput.waitForTitle(`Network of ${mac} of web1 on kvm1`);
    await quickInput.waitForOption('backup');
    await workbench.screenshot('wizards-card-network');
    await quickInput.pick('backup');
    await notifications.waitFor(
      `${mac} of web1 on kvm1 is on the network backup: now and at the next start.`,
    );
    assert.match(await interfaces(), new RegExp(`network backup virtio ${mac}`));
    assert.match(await interfaces('--inactive'), new RegExp(`network backup virtio ${mac}`));
    await sideBar.row(new RegExp(`^Network interface ${mac}.* backup`)).waitFor();
  });

  it('limit what a disk reads and writes', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput, notifications } = workbench;
    await sideBar.row('Disk vdb').chooseFromMenu('Set I/O Limits of Disk…');
    await quickInput.waitForTitle('I/O limits of vdb of web1 on kvm1');
    await quickInput.pick('Bytes per second, in total');
    await quickInput.waitForMessage(/Bytes per second, in total: 100M/);
    await quickInput.answer('50M');
    await quickInput.pick('Requests per second, in total');
    await quickInput.waitForMessage(/Requests per second, in total: 500/);
    await quickInput.answer('500');
    await quickInput.waitForOption('Set these limits');
    await workbench.screenshot('wizards-io-limits');
    await quickInput.pick('Set these limits');
    await notifications.waitFor('vdb of web1 on kvm1 is limited: now and at the next start.');
    for (const flags of [[], ['--config']]) {
      const tuned = await kvm1.virsh('blkdeviotune', 'web1', 'vdb', ...flags);
      assert.match(tuned, /total_bytes_sec *: 52428800/);
      assert.match(tuned, /total_iops_sec *: 500/);
    }
  });

  it('grow a disk that is in use', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput, notifications } = workbench;
    await sideBar.row('Disk vdb').chooseFromMenu('Resize Disk…');
    await quickInput.waitForTitle('Resize vdb of web1 on kvm1');
    await quickInput.waitForMessage(/It has 4 GiB/);
    await workbench.screenshot('wizards-resize');
    await quickInput.answer('+1G');
    await notifications.waitFor('vdb of web1 on kvm1 has 5 GiB now.');
    assert.match(await kvm1.virsh('domblkinfo', 'web1', 'vdb'), /Capacity: +5368709120/);
    await workbench.screenshot('wizards-resized');
  });

  it('give a device of the host to the guest at its next start', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput, dialog, notifications } = workbench;
    await sideBar.row(/^Domain web1/).chooseFromMenu('Devices', 'Attach Host Device…');
    await quickInput.waitForTitle('Attach a Host Device to web1 on kvm1');
    const [device = ''] = await quickInput.options();
    await workbench.screenshot('wizards-host-device');
    await quickInput.pick(device);
    await quickInput.pick('From the next start');
    const isAttached = 'is attached to web1 on kvm1: from the next start.';
    // What the host itself uses is asked about first.
    const first = await waitUntil('a question or the end', async () => {
      if (await dialog.isShown()) return 'question';
      return (await notifications.messages()).some((message) => message.includes(isAttached)) && 'end';
    });
    if (first === 'question') {
      assert.match(await dialog.text(), /^Take .* from kvm1 and give it to web1\?/);
      await workbench.screenshot('wizards-host-device-question');
      await dialog.press('Attach');
    }
    await notifications.waitFor(isAttached);
    await sideBar.row(/^Host device .* from the next start/).waitFor();
    await workbench.screenshot('wizards-host-device-attached');
    assert.match(await kvm1.virsh('dumpxml', 'web1', '--inactive'), /<hostdev mode='subsystem'/);
    assert.doesNotMatch(await kvm1.virsh('dumpxml', 'web1'), /<hostdev/);
  });

  it('limit the bandwidth of an interface at the next start', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput, notifications } = workbench;
    await sideBar.row(/^Domain web1/).collapse();
    await sideBar.row(/^Domain db1/).expand();
    await sideBar.row(/^Domain db1/, /^Network interface/).chooseFromMenu('Limit Bandwidth of Interface…');
    await quickInput.waitForTitle('of db1 on kvm1');
    await quickInput.waitForMessage(/receives/);
    await workbench.screenshot('wizards-bandwidth');
    await quickInput.answer('100M');
    await quickInput.waitForMessage(/sends/);
    await quickInput.answer('50M');
    const told = await notifications.waitFor(/of db1 on kvm1 is limited: from the next start\./);
    const [card = ''] = /[0-9a-f:]{17}/.exec(told) ?? [];
    const tuned = await kvm1.virsh('domiftune', 'db1', card, '--config');
    assert.match(tuned, /inbound.average: 102400/);
    assert.match(tuned, /outbound.average: 51200/);
  });

  it('pull images up and merge them down, until the disk depends on none', async () => {
    const { workbench } = vscode;
    const { sideBar, quickInput, dialog, notifications } = workbench;
    await sideBar.row(/^Domain db1/).collapse();
    await sideBar.row(/^Domain cache1/).expand();
    await sideBar.row(/^Disk vda.* overlay of 3/).chooseFromMenu(jobs, 'Pull Disk (Merge Up)…');
    await quickInput.waitForTitle('Pull images into vda of cache1 on kvm1');
    await quickInput.waitForOption(`${folder}/cache1.layer1`);
    await workbench.screenshot('wizards-pull');
    await quickInput.pick(`${folder}/cache1.layer1`);
    await quickInput.waitForMessage(unlimited);
    await quickInput.accept();
    await notifications.waitFor('vda of cache1 on kvm1 has what was between in its own image.');
    assert.doesNotMatch(await kvm1.virsh('dumpxml', 'cache1'), /cache1\.layer2/);

    await sideBar.row(/^Disk vda.* overlay of 2/).chooseFromMenu(jobs, 'Commit Disk (Merge Down)…');
    await quickInput.waitForTitle('Merge images of vda of cache1 on kvm1');
    await quickInput.waitForOption(`${folder}/cache1.layer3`);
    await workbench.screenshot('wizards-commit');
    await quickInput.pick(`${folder}/cache1.layer3`);
    await quickInput.waitForOption(`${folder}/cache1.qcow2`);
    await quickInput.pick(`${folder}/cache1.layer1`);
    await quickInput.waitForMessage(unlimited);
    await quickInput.accept();
    assert.match(await dialog.text(), /Merge images of vda of cache1 on kvm1\?[^]*cache1\.layer1 is written/);
    await workbench.screenshot('wizards-commit-question');
    await dialog.press('Merge');
    await notifications.waitFor('The images of vda of cache1 on kvm1 are merged.');
    for (const flags of [[], ['--inactive']])
      assert.match(await kvm1.virsh('domblklist', 'cache1', ...flags), /vda +\S*\/cache1\.layer1\n/);

    await sideBar.row(/^Disk vda.* overlay of 1/).chooseFromMenu(jobs, 'Pull Disk (Merge Up)…');
    await quickInput.waitForOption('Nothing');
    await quickInput.pick('Nothing');
    await quickInput.waitForMessage(unlimited);
    await quickInput.accept();
    await notifications.waitFor('vda of cache1 on kvm1 depends on no other image now.');
    await sideBar.row(/^Disk vda(?!.* overlay)/).waitFor();
    assert.doesNotMatch(await kvm1.virsh('dumpxml', 'cache1'), /cache1\.qcow2/);
    await workbench.screenshot('wizards-merged');
  });
});
