import { t } from '../../base/l10n.ts';
import { insertChildren } from '../../xml/edits.ts';
import { choiceOf, findingOf, possibleFix } from '../finding.ts';
import type { KnownRbdPool, Monitor } from '../hostKnowledge.ts';
import type { Finding, Rule } from '../rule.ts';
import { hostElement, sharesMonitor, type WrittenMonitor } from './monitors.ts';
import { rbdSourcesOf } from './rbdSources.ts';

/** An RBD source that names some of the monitors that a pool of the host has for the same cluster. */
export const rbdFewerMonitors: Rule = {
  id: 'rbd-fewer-monitors',
  severity: 'information',
  documentationUrl: 'https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms',
  explanation: () =>
    t(
      'Any of the named monitors is enough to connect; the others are learned from it. With fewer monitors named, the domain or pool does not start while those are down, although the cluster works. It is fine when the monitors that are missing here are being retired.',
    ),
  check(document, knowledge) {
    return rbdSourcesOf(document).flatMap(({ source, hosts, pools }): Finding[] => {
      const fuller = pools(knowledge).filter((pool) => missingMonitors(hosts, pool).length > 0);
      const [first] = fuller;
      if (first === undefined) return [];
      const message = t(
        'Only {0} of the {1} monitors of pool {2} are named: nothing connects while these are down.',
        namesOf(hosts).size,
        namesOf(first.hosts).size,
        first.name,
      );
      const fixes = fuller.map((pool) =>
        possibleFix(t('Add the other monitors of pool {0}', pool.name), [
          insertChildren(document, source, missingMonitors(hosts, pool).map(hostElement), {
            after: ['host'],
          }),
        ]),
      );
      return [findingOf(rbdFewerMonitors, source.nameRange, message, choiceOf(fixes))];
    });
  },
};

/** None when the pool may be another cluster's. */
function missingMonitors(hosts: readonly WrittenMonitor[], pool: KnownRbdPool): readonly Monitor[] {
  if (!sharesMonitor(hosts, pool.hosts)) return [];
  const named = namesOf(hosts);
  return pool.hosts.filter(({ name }) => !named.has(name));
}

function namesOf(monitors: readonly Monitor[]): ReadonlySet<string> {
  return new Set(monitors.map(({ name }) => name));
}
