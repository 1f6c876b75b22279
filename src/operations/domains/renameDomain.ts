import { Problem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { LibvirtConnection } from '../../libvirt/connection.ts';
import { getDomainState, renameDomain } from '../../libvirt/domains.ts';
import { hasManagedSave } from '../../libvirt/domainSaving.ts';
import { DomainState } from '../../libvirt/protocol/domainStates.ts';
import type { DomainRef } from '../../libvirt/protocol/refs.ts';
import { listSnapshots } from '../../libvirt/snapshots.ts';

/** Why libvirt does not rename a domain. */
export class RenameProblem extends Problem {
  readonly code: 'active' | 'snapshots' | 'saved-state';

  constructor(code: RenameProblem['code'], message: string, advice: string) {
    super(message, { advice });
    this.code = code;
  }
}

/** Renames a domain, or rejects with a {@link RenameProblem} that says what is in the way and how to get it out. */
export async function renameDomainSafely(
  connection: LibvirtConnection,
  domain: DomainRef,
  newName: string,
  options?: WaitOptions,
): Promise<void> {
  const { name } = domain;
  const { host } = connection;
  const [{ state }, snapshots, isSaved] = await Promise.all([
    getDomainState(connection, domain, options),
    listSnapshots(connection, domain, 0, options),
    hasManagedSave(connection, domain, options),
  ]);
  if (state !== DomainState.shutoff && state !== DomainState.crashed) {
    throw new RenameProblem(
      'active',
      t('{0} on {1} cannot be renamed while it is on.', name, host),
      t('Shut it down, then rename it.'),
    );
  }
  if (snapshots.length > 0) {
    throw new RenameProblem(
      'snapshots',
      t(
        '{0} on {1} cannot be renamed: it has {2} snapshots, which hold its name.',
        name,
        host,
        snapshots.length,
      ),
      t('Delete the snapshots first, or clone the domain under the new name.'),
    );
  }
  if (isSaved) {
    throw new RenameProblem(
      'saved-state',
      t('{0} on {1} cannot be renamed: its saved state holds its name.', name, host),
      t('Start it and shut it down, or remove the saved state, which loses the memory of the guest.'),
    );
  }
  await renameDomain(connection, domain, newName, options);
}
