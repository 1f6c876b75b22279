import { t } from '../../../base/l10n.ts';
import type { SecretRef } from '../../../libvirt/protocol/refs.ts';
import type { Remedy } from '../../finding.ts';
import type { Patient } from '../../patient.ts';

/** How people know a secret. */
export function nameOf({ usageId, uuid }: SecretRef): string {
  return usageId === '' ? uuid : usageId;
}

/** Asks for the key, or for a keyring. */
export function setValueRemedy(patient: Patient, secret: SecretRef): Remedy {
  return {
    kind: 'command',
    title: t('Set the value of the secret…'),
    command: 'libvirt.secret.setValue',
    on: { kind: 'secret', host: patient.name, name: nameOf(secret), uuid: secret.uuid },
  };
}
