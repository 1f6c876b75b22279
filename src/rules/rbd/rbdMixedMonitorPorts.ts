import { t } from '../../base/l10n.ts';
import type { XmlDocument } from '../../xml/document.ts';
import type { TextEdit } from '../../xml/edits.ts';
import { removeElement } from '../../xml/elementEdits.ts';
import type { Fix } from '../../xml/fix.ts';
import { findingOf, possibleFix, preferredFix } from '../finding.ts';
import type { KnownRbdPool } from '../hostKnowledge.ts';
import type { Finding, Rule } from '../rule.ts';
import type { WrittenMonitor } from './monitors.ts';
import { knownPort, messengerPorts, portEdit } from './rbdMonitorPorts.ts';
import { rbdSourcesOf } from './rbdSources.ts';

/** Monitors of one cluster of which some are reached by the old protocol of Ceph and some by the new one. */
export const rbdMixedMonitorPorts: Rule = {
  id: 'rbd-mixed-monitor-ports',
  severity: 'information',
  documentationUrl: 'https://docs.ceph.com/en/latest/rados/configuration/msgr2/',
  explanation: () =>
    t(
      'A monitor listens on port 6789 for the first version of the protocol of Ceph (v1) and on port 3300 for the second (msgr2). A client reaches a monitor only by the port that is named; where the cluster has one of the two switched off, those monitors count as down. It is fine when every monitor listens on both ports.',
    ),
  check(document, knowledge) {
    return rbdSourcesOf(document).flatMap(({ hosts, pools }): Finding[] => {
      if (!isMixed(hosts)) return [];
      const odd = hosts.find((host) => host.port === messengerPorts.v2);
      return odd === undefined
        ? []
        : [
            findingOf(
              rbdMixedMonitorPorts,
              odd.element.nameRange,
              t('Some monitors are named with port 3300 (msgr2) and some with port 6789 (v1).'),
              fixesFor(document, hosts, pools(knowledge)),
            ),
          ];
    });
  },
};

/** Both ports are named, and not for each monitor. */
function isMixed(hosts: readonly WrittenMonitor[]): boolean {
  const withPort = (port: number): ReadonlySet<string> =>
    new Set(hosts.filter((host) => host.port === port).map(({ name }) => name));
  const v1 = withPort(messengerPorts.v1);
  const v2 = withPort(messengerPorts.v2);
  const isSame = v1.size === v2.size && [...v1].every((name) => v2.has(name));
  return v1.size > 0 && v2.size > 0 && !isSame;
}

function fixesFor(
  document: XmlDocument,
  hosts: readonly WrittenMonitor[],
  pools: readonly KnownRbdPool[],
): readonly Fix[] {
  const known = hosts.map((host) => ({ host, port: knownPort(host, pools) }));
  const ports = new Set(known.map(({ port }) => port));
  const [port] = ports;
  if (ports.size === 1 && port !== undefined) {
    return [preferredFix(t('Use port {0}, as the pool does', port), editsTo(document, hosts, port))];
  }
  return [messengerPorts.v1, messengerPorts.v2].map((all) =>
    possibleFix(t('Use port {0} for all monitors', all), editsTo(document, hosts, all)),
  );
}

/** Takes away what would name a monitor and port a second time. */
function editsTo(document: XmlDocument, hosts: readonly WrittenMonitor[], port: number): readonly TextEdit[] {
  const named = new Set(hosts.filter((host) => host.port === port).map(({ name }) => name));
  return hosts
    .filter((host) => host.port !== undefined && host.port !== port)
    .map((host) => {
      if (named.has(host.name)) return removeElement(document, host.element);
      named.add(host.name);
      return portEdit(document, host, port);
    });
}
