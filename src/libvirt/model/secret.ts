import { parseXml } from './element.ts';

export interface SecretModel {
  readonly uuid: string;
  readonly description: string | undefined;
  /** Kept in memory only. */
  readonly ephemeral: boolean;
  /** Its value is never told to a client. */
  readonly private: boolean;
  /** `ceph`, `iscsi`, `volume`, `tls`, `vtpm`; undefined for a secret without a use. */
  readonly usageType: string | undefined;
  /** What it is for: of a Ceph secret its name, of others the target or volume. */
  readonly usage: string | undefined;
}

/** Reads what `getSecretXml()` gives. */
export async function parseSecret(xml: string): Promise<SecretModel> {
  const secret = await parseXml(xml);
  const usage = secret.child('usage');
  return {
    uuid: secret.textOf('uuid') ?? '',
    description: secret.textOf('description'),
    ephemeral: secret.attribute('ephemeral') === 'yes',
    private: secret.attribute('private') === 'yes',
    usageType: usage?.attribute('type'),
    usage: usage?.textOf('name') ?? usage?.textOf('target') ?? usage?.textOf('volume'),
  };
}
