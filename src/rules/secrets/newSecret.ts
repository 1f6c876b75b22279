import type { XmlDocument } from '../../xml/document.ts';
import type { NewElement, NewValue } from '../../xml/writer.ts';
import type { HostKnowledge, SecretReference } from '../hostKnowledge.ts';
import { type Auth, poolsBeside } from './auths.ts';
import { usageTypes } from './secretUses.ts';

/** What an <auth> may refer to: the secret of a pool beside it, or else those of the host for such a use. */
export function referencesFor(
  document: XmlDocument,
  auth: Auth,
  knowledge: HostKnowledge | undefined,
): readonly SecretReference[] {
  const ofPools = poolsBeside(document, auth, knowledge).map((pool) => pool.auth.secret);
  if (ofPools.length > 0) return ofPools;
  const usageType = auth.protocol && usageTypes[auth.protocol];
  return (knowledge?.secrets ?? [])
    .filter((secret) => secret.usageType === usageType)
    .map(({ uuid }) => ({ uuid }));
}

/** A <secret> as the <auth> takes it: of a domain it says what it is for, of a pool the <auth> does. */
export function newSecret(
  { owner, protocol }: Auth,
  reference: SecretReference | { readonly uuid: NewValue },
): NewElement {
  const type = owner === 'domain' ? usageTypes[protocol ?? 'rbd'] : undefined;
  return { name: 'secret', attributes: { type, ...reference } };
}
