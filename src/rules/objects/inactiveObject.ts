import { t } from '../../base/l10n.ts';
import { findingOf } from '../finding.ts';
import type { HostKnowledge } from '../hostKnowledge.ts';
import { oncePer } from '../oncePer.ts';
import type { Finding, Rule } from '../rule.ts';
import { objectsNamedIn } from './namedObjects.ts';

/** A network or pool that is not active on the host. */
export const inactiveObject: Rule = {
  id: 'inactive-object',
  severity: 'information',
  documentationUrl: 'https://libvirt.org/formatdomain.html#devices',
  explanation: () =>
    t(
      'A domain does not start while a network or storage pool that it uses is inactive ("network is not active", "storage pool is not active"). libvirt does not start them by itself; with autostart they start with the host.',
    ),
  check(document, knowledge) {
    if (knowledge === undefined) return [];
    const inactive = inactiveOf(knowledge);
    return objectsNamedIn(document).flatMap(({ kind, attribute }): Finding[] => {
      if ((kind !== 'network' && kind !== 'pool') || !inactive[kind].has(attribute.value)) return [];
      const message =
        kind === 'network'
          ? t('Network {0} is not active on {1}.', attribute.value, knowledge.hostName)
          : t('Storage pool {0} is not active on {1}.', attribute.value, knowledge.hostName);
      return [findingOf(inactiveObject, attribute.valueRange ?? attribute.range, message)];
    });
  },
};

const inactiveOf = oncePer(({ networks = [], pools = [] }: HostKnowledge) => {
  const namesOf = (
    objects: readonly { readonly name: string; readonly isActive: boolean }[],
  ): ReadonlySet<string> => new Set(objects.filter(({ isActive }) => !isActive).map(({ name }) => name));
  return { network: namesOf(networks), pool: namesOf(pools) };
});
