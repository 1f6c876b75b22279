import { t } from '../../../base/l10n.ts';
import type { DiskSource } from '../../../libvirt/model/disk.ts';
import type { DomainModel } from '../../../libvirt/model/domain.ts';
import { shellHostOf } from '../../../hosts/shellHost.ts';
import { startLoggingPlan } from '../../../operations/clientLogging/clientLoggingPlan.ts';
import { readDomainLog } from '../../../operations/domains/domainLog.ts';
import type { Remedy } from '../../finding.ts';
import type { Patient } from '../../patient.ts';

/** What QEMU said of a domain, to be read. */
export function logRemedy({ planHost }: Patient, domain: string): Remedy {
  return {
    kind: 'text',
    title: t('Show the Log of {0}', domain),
    read: (options) => readDomainLog(planHost, domain, options, 512 * 1024),
  };
}

/** Has the Ceph client of the domain's disks log; only where the cluster can be told so from here. */
export function loggingRemedy(patient: Patient, domain: string, model: DomainModel): readonly Remedy[] {
  const clientId = clientOf(model.disks.map(({ source }) => source));
  const cluster = patient.ward.clusters?.of(patient.session)[0];
  const route = cluster?.routes.find((one) => one.clientId === 'admin') ?? cluster?.route;
  if (clientId === undefined || !route) return [];
  const { client, session } = route;
  const place = { client, shell: shellHostOf(session), clientId };
  return [
    {
      kind: 'plan',
      title: t('Log What client.{0} Does in Ceph…', clientId),
      plan: () => Promise.resolve(startLoggingPlan(place, { host: patient.planHost, name: domain })),
    },
  ];
}

function clientOf(sources: readonly (DiskSource | undefined)[]): string | undefined {
  for (const source of sources)
    if (source?.type === 'network' && source.protocol === 'rbd') return source.auth?.username ?? 'admin';
  return undefined;
}
