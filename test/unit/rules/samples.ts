import assert from 'node:assert/strict';
import { checkRules } from '../../../src/rules/check.ts';
import type { HostKnowledge, KnownRbdPool } from '../../../src/rules/hostKnowledge.ts';
import type { Finding } from '../../../src/rules/rule.ts';
import { applyEdits } from '../../../src/xml/edits.ts';
import { scan } from '../../../src/xml/scanner/scan.ts';

export const secretUuid = '11111111-2222-4333-8444-555555555555';
export const otherUuid = '22222222-2222-4333-8444-555555555555';

/** A pool of the host over Ceph's pool vms, with two monitors. */
export const rbdPool: KnownRbdPool = {
  name: 'rbd-pool',
  cephPool: 'vms',
  hosts: [
    { name: 'mon1', port: 6789 },
    { name: 'mon2', port: 6789 },
  ],
  auth: { username: 'libvirt', secret: { uuid: secretUuid } },
};

/** A host with that pool, its secret, and what a test adds. */
export function host(more: Partial<HostKnowledge> = {}): HostKnowledge {
  return {
    hostName: 'kvm1',
    rbdPools: [rbdPool],
    secrets: [{ uuid: secretUuid, usageType: 'ceph', usageId: 'client.libvirt secret' }],
    ...more,
  };
}

/** A domain with these disks, written as libvirt writes it. */
export function domain(...disks: readonly string[]): string {
  return `<domain type='kvm'>
  <name>vm</name>
  <uuid>aaaaaaaa-2222-4333-8444-555555555555</uuid>
  <memory unit='MiB'>64</memory>
  <devices>
${disks.map((disk) => disk.replace(/^/gm, '    ')).join('\n')}
  </devices>
</domain>
`;
}

export const auth = `<auth username='libvirt'>
  <secret type='ceph' uuid='${secretUuid}'/>
</auth>`;

export const monitors = `<host name='mon1' port='6789'/>
<host name='mon2' port='6789'/>`;

/** An RBD disk with which no rule finds fault, and what a test changes about it. */
export function rbdDisk(
  change: { image?: string; auth?: string; inSource?: string; driver?: string; target?: string } = {},
): string {
  const { image = 'vms/a', inSource = monitors, driver = 'raw', target = 'vda' } = change;
  const before = change.auth ?? auth;
  const source = `<source protocol='rbd' name='${image}'`;
  return `<disk type='network' device='disk'>
  <driver name='qemu' type='${driver}'/>${before === '' ? '' : `\n${before}`.replaceAll('\n', '\n  ')}
  ${source}${inSource === '' ? '/>' : `>\n    ${inSource.replaceAll('\n', '\n    ')}\n  </source>`}
  <target dev='${target}' bus='virtio'/>
</disk>`;
}

/** An RBD pool with which no rule finds fault, and what a test changes about it. */
export function poolXml(change: { hosts?: string; auth?: string; type?: string } = {}): string {
  const { hosts = monitors, type = 'rbd' } = change;
  const login =
    change.auth ?? `<auth type='ceph' username='libvirt'>\n  <secret uuid='${secretUuid}'/>\n</auth>`;
  return `<pool type='${type}'>
  <name>new-pool</name>
  <source>
    ${hosts.replaceAll('\n', '\n    ')}
    <name>vms</name>${login === '' ? '' : `\n${login}`.replaceAll('\n', '\n    ')}
  </source>
</pool>
`;
}

/** What one rule finds. */
export function found(ruleId: string, text: string, knowledge?: HostKnowledge): readonly Finding[] {
  return checkRules(scan(text), knowledge).filter((finding) => finding.ruleId === ruleId);
}

/** The one thing that the rule finds; `at` is the text it stands at. */
export function foundOnce(
  ruleId: string,
  text: string,
  knowledge?: HostKnowledge,
): Finding & { readonly at: string } {
  const [finding, ...others] = found(ruleId, text, knowledge);
  assert.ok(finding !== undefined && others.length === 0, `${others.length + (finding ? 1 : 0)} findings`);
  return { ...finding, at: text.slice(finding.range.start, finding.range.end) };
}

/** The text after one of the fixes of the one finding: well-formed, and without the finding. */
export function fixed(ruleId: string, text: string, knowledge?: HostKnowledge, title?: string): string {
  const { fixes } = foundOnce(ruleId, text, knowledge);
  const fix = title === undefined ? fixes[0] : fixes.find((other) => other.title === title);
  assert.ok(fix !== undefined && 'edits' in fix, `no such fix among: ${titles(fixes).join()}`);
  const after = applyEdits(text, fix.edits);
  assert.deepEqual(scan(after).faults, []);
  assert.deepEqual(found(ruleId, after, knowledge), []);
  return after;
}

/** The titles of fixes, the preferred one with a star. */
export function titles(fixes: Finding['fixes']): readonly string[] {
  return fixes.map(({ title, isPreferred }) => (isPreferred ? `${title} *` : title));
}

/** The one snippet that the finding offers. */
export function snippetOf({ fixes: [fix] }: Finding): string {
  assert.ok(fix !== undefined && 'snippet' in fix);
  return fix.snippet.snippet;
}
