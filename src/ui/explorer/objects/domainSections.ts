import { t } from '../../../base/l10n.ts';
import { DomainState } from '../../../libvirt/protocol/domainStates.ts';
import { namePrefix, sharedPrefixes, type Grouping } from '../grouping.ts';
import type { DomainNode } from './domainNode.ts';
import type { SectionOf } from './groupNode.ts';
import type { Section } from './sectionNode.ts';

/** How domains are put together. */
export function domainSections(grouping: Grouping, nodes: readonly DomainNode[]): SectionOf<DomainNode> {
  switch (grouping) {
    case 'state':
      return (node) => sectionOfState(node.entry?.state ?? DomainState.noState);
    case 'prefix':
      return byPrefix(nodes);
    case 'none':
      return () => undefined;
  }
}

function sectionOfState(state: number): Section {
  switch (state) {
    case DomainState.running:
    case DomainState.blocked:
      return { key: 'running', label: t('Running'), order: 1 };
    case DomainState.paused:
      return { key: 'paused', label: t('Paused'), order: 2 };
    case DomainState.pmSuspended:
      return { key: 'asleep', label: t('Asleep'), order: 3 };
    case DomainState.shutdown:
      return { key: 'stopping', label: t('Shutting down'), order: 4 };
    case DomainState.crashed:
      return { key: 'crashed', label: t('Crashed'), order: 5 };
    default:
      return { key: 'off', label: t('Shut off'), order: 6 };
  }
}

function byPrefix(nodes: readonly DomainNode[]): SectionOf<DomainNode> {
  const shared = sharedPrefixes(nodes.map(({ name }) => name));
  return ({ name }) => {
    const prefix = namePrefix(name);
    const key = prefix.toLowerCase();
    return shared.has(key) ? { key, label: prefix, order: 1 } : undefined;
  };
}
