import { t } from '../../base/l10n.ts';
import { domainCapabilitiesFor, domainKindOf } from '../domainKind.ts';
import { findingOf } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { vcpusOf } from './vcpuCounts.ts';
import { writtenDomainsOf } from './writtenDomains.ts';

/** More virtual CPUs than the machine can have on the host. */
export const tooManyVcpus: Rule = {
  id: 'too-many-vcpus',
  severity: 'warning',
  documentationUrl: 'https://libvirt.org/formatdomaincaps.html#guest-vcpus',
  explanation: () =>
    t(
      'Each machine type has a limit, which libvirt tells for the host, and refuses a definition above it ("Maximum CPUs greater than specified machine type limit"). On PCs with more than 255 CPUs the guest needs an IOMMU with interrupt remapping too.',
    ),
  check(document, knowledge) {
    const [domain] = writtenDomainsOf(document);
    const kind = domainKindOf(document);
    const capabilities = kind && knowledge && domainCapabilitiesFor(knowledge, kind);
    const vcpus = domain && vcpusOf(document, domain);
    const limit = capabilities?.maxVcpus;
    if (vcpus?.range === undefined || capabilities === undefined || limit === undefined) return [];
    if (vcpus.maximum <= limit) return [];
    return [
      findingOf(
        tooManyVcpus,
        vcpus.range,
        t(
          'The machine {0} has {1} CPUs at most on {2}.',
          capabilities.machine,
          limit,
          knowledge?.hostName ?? '',
        ),
      ),
    ];
  },
};
