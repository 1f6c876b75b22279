import { t } from '../../base/l10n.ts';
import { nearest } from '../../base/nearest.ts';
import { attributeValue, textOf, textRangeOf } from '../../xml/queries.ts';
import { domainCapabilitiesFor, domainKindOf } from '../domainKind.ts';
import { choiceOf, findingOf, possibleFix } from '../finding.ts';
import type { Finding, Rule } from '../rule.ts';
import { wholeDescendant, writtenDomainsOf } from './writtenDomains.ts';

/** A CPU model that the guest cannot have on the host. */
export const unavailableCpuModel: Rule = {
  id: 'unavailable-cpu-model',
  severity: 'warning',
  documentationUrl: 'https://libvirt.org/formatdomain.html#cpu-model-and-topology',
  explanation: () =>
    t(
      'A model that QEMU does not know, or one with features that the processor of the host lacks: libvirt accepts the definition, and the domain does not start ("the CPU is incompatible with host CPU"). With fallback="allow" libvirt may take the nearest model that works.',
    ),
  check(document, knowledge) {
    const [domain] = writtenDomainsOf(document);
    const kind = domainKindOf(document);
    const capabilities = kind && knowledge && domainCapabilitiesFor(knowledge, kind);
    if (domain === undefined || knowledge === undefined || capabilities === undefined) return [];
    const model = wholeDescendant(domain.element, 'cpu', 'model');
    const range = model && textRangeOf(document, model);
    if (model === undefined || range === undefined) return [];
    const { usable, unusable } = capabilities.cpuModels;
    const mode = model.parent && attributeValue(model.parent, 'mode');
    if ((mode !== undefined && mode !== 'custom') || usable.length === 0) return [];
    const name = textOf(model).trim();
    if (usable.includes(name)) return [];
    const isKnown = unusable.includes(name);
    if (isKnown && attributeValue(model, 'fallback') === 'allow') return [];
    const message = isKnown
      ? t('The processor of {0} lacks features of {1}: the domain does not start.', knowledge.hostName, name)
      : t('QEMU on {0} does not know the CPU model {1}.', knowledge.hostName, name);
    const fixes = nearest(name, usable)
      .slice(0, 3)
      .map((other) => possibleFix(t('Use {0}', other), [{ range, newText: other }]));
    return [findingOf(unavailableCpuModel, range, message, choiceOf(fixes))] satisfies readonly Finding[];
  },
};
