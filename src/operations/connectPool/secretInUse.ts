import { CodedProblem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import { getDomainXml, listDomains } from '../../libvirt/domains.ts';
import type { PlanHost } from '../plan/planHost.ts';

/** Domains log in with what was to be taken away. */
export class SecretInUseProblem extends CodedProblem<'in-use'> {}

/** Rejects with a {@link SecretInUseProblem} while a domain of the host names the secret: it could not start again. */
export async function refuseUsedSecret(
  { name, connection }: PlanHost,
  uuid: string,
  options: WaitOptions,
): Promise<void> {
  const domains = await listDomains(connection, 0, options);
  const users = await Promise.all(
    domains.map(async (domain) =>
      (await getDomainXml(connection, domain, options)).includes(uuid) ? domain.name : [],
    ),
  );
  const [first] = users.flat();
  if (first === undefined) return;
  throw new SecretInUseProblem(
    'in-use',
    t('The domain {0} on {1} logs in to Ceph with the secret {2}.', first, name, uuid),
    {
      advice: t('Detach its disks first, then undo again.'),
    },
  );
}
