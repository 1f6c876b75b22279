import { t } from '../../base/l10n.ts';
import { replaceValue } from '../../xml/attributeEdits.ts';
import type { XmlDocument } from '../../xml/document.ts';
import { insertChildren } from '../../xml/edits.ts';
import type { Fix } from '../../xml/fix.ts';
import { findingOf, possibleFix } from '../finding.ts';
import type { Finding, Rule } from '../rule.ts';
import { topologyOf, vcpusOf, type WrittenTopology, type WrittenVcpus } from './vcpuCounts.ts';
import { type WrittenDomain, writtenDomainsOf } from './writtenDomains.ts';

/** A topology with another number of CPUs than the domain may have. */
export const cpuTopologyMismatch: Rule = {
  id: 'cpu-topology-mismatch',
  severity: 'error',
  documentationUrl: 'https://libvirt.org/formatdomain.html#cpu-model-and-topology',
  explanation: () =>
    t(
      'Sockets, dies, clusters, cores and threads multiplied are the CPUs of the guest, and must be as many as <vcpu> says, or 1 without it. libvirt refuses anything else ("CPU topology does not match maximum vcpu count").',
    ),
  check(document) {
    return writtenDomainsOf(document)
      .filter(({ isQemu }) => isQemu)
      .flatMap((domain): Finding[] => {
        const vcpus = vcpusOf(document, domain);
        const topology = topologyOf(domain);
        if (vcpus === undefined || topology === undefined || topology.count === vcpus.maximum) return [];
        const message =
          vcpus.range === undefined
            ? t(
                'The topology has {0} CPUs, and the domain has one without <vcpu>: libvirt refuses the definition.',
                topology.count,
              )
            : t(
                'The topology has {0} CPUs, <vcpu> says {1}: libvirt refuses the definition.',
                topology.count,
                vcpus.maximum,
              );
        return [
          findingOf(cpuTopologyMismatch, topology.range, message, [
            vcpuFix(document, domain, vcpus, topology),
            ...socketFixes(document, vcpus, topology),
          ]),
        ];
      });
  },
};

function vcpuFix(
  document: XmlDocument,
  { element }: WrittenDomain,
  { range, current }: WrittenVcpus,
  { count }: WrittenTopology,
): Fix {
  const text = `${count}`;
  const lowered =
    current !== undefined && current.count > count ? [replaceValue(document, current.attribute, text)] : [];
  const edit =
    range === undefined
      ? insertChildren(document, element, [{ name: 'vcpu', text }], {
          after: ['currentMemory', 'memory', 'maxMemory', 'uuid', 'name'],
        })
      : { range, newText: text };
  return possibleFix(t('Give the domain {0} CPUs', count), [...lowered, edit]);
}

function socketFixes(
  document: XmlDocument,
  { maximum }: WrittenVcpus,
  { sockets, inSocket }: WrittenTopology,
): readonly Fix[] {
  if (maximum % inSocket !== 0) return [];
  const count = `${maximum / inSocket}`;
  return [possibleFix(t('Write {0}="{1}"', 'sockets', count), [replaceValue(document, sockets, count)])];
}
