import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { ConnectedHost, HostSession } from '../../../src/hosts/hostSession.ts';
import { DomainCreation } from '../../../src/operations/newDomain/createDomain.ts';
import {
  findInstaller,
  InstallTreeError,
  kernelBoot,
} from '../../../src/operations/newDomain/installTree.ts';
import { planDomain } from '../../../src/operations/newDomain/planDomain.ts';
import { newDomainXml } from '../../../src/operations/newDomain/xml/domainElement.ts';
import { guestImage } from '../../../tools/lab/guest.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import { systemNamed } from '../../unit/operations/newDomain/samples.ts';
import { labSession } from '../support/labSession.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { answersFor, consoleUntil } from './support.ts';

const never = new AbortController().signal;
const port = 8099;
const tree = `http://127.0.0.1:${port}/distribution/`;
const folder = '/srv/web/distribution/images/pxeboot';

describe('an installer on the web', function () {
  this.timeout(90_000);
  let kvm1: LabHost;
  let session: HostSession;
  let host: ConnectedHost;
  let server = '';

  before(async () => {
    const lab = await sharedLab();
    kvm1 = lab.host('kvm1');
    session = await labSession(lab, 'qemu+ssh://kvm1/system');
    host = await session.connect();
    await kvm1.run(['mkdir', '-p', folder]);
    await kvm1.machine.writeFile('/srv/guest.iso', await readFile(await guestImage()));
    const extract = [
      '-extract',
      '/vmlinuz',
      `${folder}/vmlinuz`,
      '-extract',
      '/initrd.gz',
      `${folder}/initrd.img`,
    ];
    await kvm1.run(['xorriso', '-osirrox', 'on', '-indev', '/srv/guest.iso', ...extract]);
    const start = `cd /srv/web && python3 -m http.server ${port} --bind 127.0.0.1 >/dev/null 2>&1 </dev/null & echo $!`;
    server = (await kvm1.run(['sh', '-c', start])).trim();
    const answers = `until curl -sf -o /dev/null --url ${tree}; do sleep 0.1; done`;
    await kvm1.run(['timeout', '20', 'sh', '-c', answers]);
  });

  after(async () => {
    await kvm1.run(['kill', server]);
    await kvm1.run(['rm', '-rf', '/srv/web', '/srv/guest.iso']);
    session.dispose();
  });

  it('is found below the URL of its tree, and is told where the rest is', async () => {
    assert.deepEqual(await findInstaller(host.transport, `${tree}//`), {
      kernelUrl: `${tree}images/pxeboot/vmlinuz`,
      initrdUrl: `${tree}images/pxeboot/initrd.img`,
      arguments: `inst.repo=${tree}`,
    });
  });

  it('is not found where there is none, and a hostile URL is only a URL', async () => {
    for (const url of [
      'http://127.0.0.1:8099/other/',
      `${tree}$(touch /srv/hacked)'"/`,
      'http://127.0.0.1:1/',
    ])
      await assert.rejects(findInstaller(host.transport, url), InstallTreeError);
    await assert.rejects(kvm1.run(['ls', '/srv/hacked']));
  });

  it('is fetched by the host and booted once: the next start is from the disk', async () => {
    const found = await findInstaller(host.transport, tree);
    const installer = { ...found, arguments: 'console=ttyS0 quiet' };
    const answers = await answersFor(host, systemNamed('Rocky Linux 9'), {
      name: 'made8',
      disk: { kind: 'none' },
      installation: { kind: 'tree', installer },
      memory: 256 * 1024 ** 2,
    });
    const making = new DomainCreation(() => session.require());
    await making.fetch(installer, { signal: never });
    const domain = await making.define(newDomainXml(planDomain(answers, new Set()).domain));
    try {
      await making.start(domain, { signal: never });
      await making.forgetInstaller(domain);
      assert.match(await kvm1.virsh('dumpxml', 'made8'), /<kernel>/);
      const next = await kvm1.virsh('dumpxml', '--inactive', 'made8');
      assert.doesNotMatch(next, /<kernel>|<initrd>|<cmdline>/);
      assert.match(next, /<on_reboot>restart/);
      await consoleUntil(host, domain, /is ready/);
    } finally {
      await making.undefine(domain);
      const { path, initrd } = kernelBoot(installer);
      await kvm1.run(['rm', path, initrd]);
    }
  });

  it('that is gone meanwhile leaves no half of a file', async () => {
    const gone = {
      kernelUrl: `${tree}images/pxeboot/vmlinuz`,
      initrdUrl: `${tree}images/pxeboot/gone`,
      arguments: '',
    };
    const making = new DomainCreation(() => session.require());
    await assert.rejects(making.fetch(gone, { signal: never }), InstallTreeError);
    const left = await kvm1.run(['ls', '/var/lib/libvirt/boot']);
    assert.doesNotMatch(left, /part/);
    await kvm1.run(['rm', kernelBoot(gone).path]);
  });
});
