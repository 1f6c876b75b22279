import { t } from '../../base/l10n.ts';
import type { XmlDocument } from '../../xml/document.ts';
import { findingOf } from '../finding.ts';
import type { Finding, Rule } from '../rule.ts';
import { numaCellsOf } from './numaCells.ts';
import { vcpusOf } from './vcpuCounts.ts';
import { type WrittenDomain, writtenDomainsOf } from './writtenDomains.ts';

/** NUMA cells that share a CPU, or have one that the domain does not. */
export const numaCpus: Rule = {
  id: 'numa-cpus',
  severity: 'error',
  documentationUrl: 'https://libvirt.org/formatdomain.html#guest-numa-topology',
  explanation: () =>
    t(
      'Each CPU of the guest is in one NUMA cell, and its number is below <vcpu>. libvirt refuses anything else ("overlapping vCPU ids", "Number of CPUs in numa exceeds the vcpu count"). CPUs that no cell has, it gives to the first.',
    ),
  check(document) {
    return writtenDomainsOf(document).flatMap((domain) => checkCells(document, domain));
  },
};

function checkCells(document: XmlDocument, domain: WrittenDomain): Finding[] {
  const vcpus = vcpusOf(document, domain);
  const maximum = domain.isQemu ? vcpus?.maximum : undefined;
  const owners = new Map<number, number>();
  return numaCellsOf(domain).flatMap(({ cpus }, index): Finding[] => {
    if (cpus === undefined) return [];
    const range = cpus.attribute.valueRange ?? cpus.attribute.range;
    const numbers = [...cpus.set];
    const shared = numbers.find((cpu) => owners.has(cpu));
    for (const cpu of numbers) if (!owners.has(cpu)) owners.set(cpu, index);
    if (shared !== undefined) {
      const message = t(
        'CPU {0} is in cell {1} already: libvirt refuses the definition.',
        shared,
        owners.get(shared) ?? 0,
      );
      return [findingOf(numaCpus, range, message)];
    }
    const beyond = maximum === undefined ? undefined : numbers.find((cpu) => cpu >= maximum);
    return beyond === undefined || maximum === undefined
      ? []
      : [
          findingOf(
            numaCpus,
            range,
            t('There is no CPU {0}: the domain has {1}, counted from 0.', beyond, maximum),
          ),
        ];
  });
}
