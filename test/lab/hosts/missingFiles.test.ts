import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import { needsOf } from '../../../src/hosts/knowledge/documentNeeds.ts';
import type { HostKnowledgeIndex } from '../../../src/hosts/knowledge/hostKnowledgeIndex.ts';
import { checkRules } from '../../../src/rules/check.ts';
import type { HostKnowledge } from '../../../src/rules/hostKnowledge.ts';
import type { Finding } from '../../../src/rules/rule.ts';
import { scan } from '../../../src/xml/scanner/scan.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import { labSession, until } from '../support/labSession.ts';
import { sharedLab } from '../support/sharedLab.ts';

const folder = '/root/uefi';
const nvram = `${folder}/uefi1_VARS.fd`;
/** For whoever takes a name for more than a name. */
const hostileNames = [
  `${folder}/$(touch ran-a)`,
  `${folder}/'; touch ran-b; '`,
  `${folder}/"; touch ran-c; "`,
  `${folder}/\`touch ran-d\`\\`,
  `${folder}/a: No such file or directory`,
  `${folder}/-n *?[a] ~ 你好 !!`,
];

describe('files that a document names', function () {
  this.timeout(60_000);
  let host: LabHost;
  let session: HostSession;
  let knowledge: HostKnowledgeIndex;
  const uuid = randomUUID();

  const uefi = (template: string): string => `<domain type='qemu'>
  <name>uefi1</name>
  <uuid>${uuid}</uuid>
  <memory unit='MiB'>64</memory>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
    <loader readonly='yes' type='pflash'>${folder}/CODE.fd</loader>
    <nvram${template}>${nvram}</nvram>
  </os>
  <features><acpi/></features>
</domain>`;
  const withTemplate = uefi(` template='${folder}/VARS.fd'`);
  const define = async (xml: string): Promise<void> => {
    await host.exec(['sh', '-c', 'cat > /root/uefi1.xml'], { input: xml });
    await host.virsh('define', '/root/uefi1.xml');
  };
  const exists = async (path: string): Promise<boolean> =>
    (await host.exec(['test', '-e', path])).exitCode === 0;
  const findings = (xml: string): readonly Finding[] =>
    checkRules(scan(xml), knowledge.current).filter(({ ruleId }) => ruleId === 'nvram-missing');
  const knows = (what: string, isKnown: (known: HostKnowledge) => boolean): Promise<void> =>
    until(knowledge.onDidChange, () => knowledge.current !== undefined && isKnown(knowledge.current), what);

  before(async () => {
    const lab = await sharedLab();
    host = lab.host('kvm1');
    const makeFiles =
      'mkdir "$1" && chmod 755 /root "$1" && cp /usr/share/seabios/bios-256k.bin "$1/CODE.fd"';
    await host.run(['sh', '-c', `${makeFiles} && truncate --size=128K "$1/VARS.fd"`, 'sh', folder]);
    session = await labSession(lab, 'qemu+ssh://kvm1/system');
    await session.connect();
    ({ knowledge } = session.require());
  });

  after(async () => {
    session.dispose();
    await host.exec(['sh', '-c', 'virsh destroy uefi1; virsh undefine --nvram uefi1; chmod 700 /root']);
  });

  it('are looked for, and a lost <nvram> is found until libvirt has made it anew', async () => {
    await define(withTemplate);
    knowledge.want(needsOf(scan(withTemplate)));
    await knows('the file is missing', ({ missingFiles }) => missingFiles?.has(nvram) === true);
    await knows('the domain is known', ({ domains }) => domains?.some((one) => one.uuid === uuid) === true);
    assert.deepEqual([...(knowledge.current?.missingFiles ?? [])], [nvram]);
    assert.deepEqual(
      findings(withTemplate).map(({ severity }) => severity),
      ['warning'],
    );
    await host.virsh('start', 'uefi1');
    assert.equal(await exists(nvram), true);
    await knows('the domain runs', ({ missingFiles }) => missingFiles?.size === 0);
    assert.deepEqual(findings(withTemplate), []);
    await host.virsh('destroy', 'uefi1');
  });

  it('make the start fail when there is no template', async () => {
    await host.run(['rm', '-f', nvram]);
    const without = uefi('');
    await define(without);
    const { exitCode, stderr } = await host.exec(['virsh', 'start', 'uefi1']);
    assert.notEqual(exitCode, 0);
    assert.match(stderr, /unable to find any master var store for loader: \/root\/uefi\/CODE\.fd/);
    knowledge.want(needsOf(scan(without)));
    await knows('the file is missing again', ({ missingFiles }) => missingFiles?.has(nvram) === true);
    await knows(
      'libvirt has told of its loaders',
      ({ domainCapabilities }) => domainCapabilities?.some(({ machine }) => machine.includes('q35')) === true,
    );
    const [finding] = findings(without);
    assert.equal(finding?.severity, 'error');
    assert.match(finding.message, /knows no template for \/root\/uefi\/CODE\.fd/);
  });

  it('are names and nothing else, whatever they are', async () => {
    const longest = Array.from({ length: 12 }, (_, index) => `/${String(index).padStart(254, "'")}`);
    knowledge.want({ files: [...hostileNames, ...longest, `${folder}/VARS.fd`, `${folder}/none`] });
    await knows('all are looked for', ({ missingFiles }) => missingFiles?.has(`${folder}/none`) === true);
    const missing = knowledge.current?.missingFiles;
    assert.deepEqual(
      [...hostileNames, ...longest].filter((name) => missing?.has(name) !== true),
      [],
    );
    assert.equal(missing?.has(`${folder}/VARS.fd`), false);
    assert.equal(await host.run(['find', '/', '-xdev', '-name', 'ran-[a-d]']), '');
  });

  it('are not missing where the account may not look', async () => {
    const lab = await sharedLab();
    await host.run(['chmod', '700', '/root']);
    const visitor = await labSession(lab, 'qemu+ssh://vmadmin@kvm1/system');
    await visitor.connect();
    const { knowledge: seen } = visitor.require();
    seen.want({ files: [nvram, `${folder}/VARS.fd`, '/var/none', '/root/VARS.fd'] });
    await until(seen.onDidChange, () => (seen.current?.missingFiles?.size ?? 0) > 0, 'it is answered');
    assert.deepEqual([...(seen.current?.missingFiles ?? [])], ['/var/none']);
    visitor.dispose();
  });
});
