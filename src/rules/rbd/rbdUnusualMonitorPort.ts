import { t } from '../../base/l10n.ts';
import { attributeNamed } from '../../xml/queries.ts';
import { findingOf, possibleFix, preferredFix } from '../finding.ts';
import type { Finding, Rule } from '../rule.ts';
import { knownPort, messengerPorts, portEdit } from './rbdMonitorPorts.ts';
import { rbdSourcesOf } from './rbdSources.ts';

/** A port on which no monitor listens by default, and no pool of the host says that this one does. */
export const rbdUnusualMonitorPort: Rule = {
  id: 'rbd-unusual-monitor-port',
  severity: 'information',
  documentationUrl: 'https://docs.ceph.com/en/latest/rados/configuration/network-config-ref/',
  explanation: () =>
    t(
      'Monitors of Ceph listen on port 6789 and, for msgr2, on port 3300; OSDs and managers listen elsewhere and answer no client that looks for a monitor. Where nothing answers, starting the domain or the pool waits for many seconds or minutes before it fails. It is fine when the cluster gives its monitors other ports.',
    ),
  check(document, knowledge) {
    return rbdSourcesOf(document).flatMap(({ hosts, pools }) =>
      hosts.flatMap((host): Finding[] => {
        const known = knownPort(host, pools(knowledge));
        const { port, element, name } = host;
        const isUsual = port === undefined || port === messengerPorts.v1 || port === messengerPorts.v2;
        if (isUsual || port === known) return [];
        const range = attributeNamed(element, 'port')?.valueRange ?? element.nameRange;
        const message = t(
          'Port {0} is not one that monitors of Ceph usually listen on: {1} may not answer.',
          port,
          name,
        );
        const fixes =
          known === undefined
            ? [messengerPorts.v1, messengerPorts.v2].map((usual) =>
                possibleFix(t('Use port {0}', usual), [portEdit(document, host, usual)]),
              )
            : [preferredFix(t('Use port {0}, as the pool does', known), [portEdit(document, host, known)])];
        return [findingOf(rbdUnusualMonitorPort, range, message, fixes)];
      }),
    );
  },
};
