import type { XmlAttribute, XmlDocument, XmlElement } from '../../xml/document.ts';
import { normalUuid } from '../../xml/identity.ts';
import { attributeNamed, attributeValue } from '../../xml/queries.ts';
import type { KnownSecret, SecretReference } from '../hostKnowledge.ts';
import { oncePer } from '../oncePer.ts';
import { elementsNamed } from '../wholeElements.ts';
import { authsOf } from './auths.ts';

/** A <secret> that refers to a secret of the host by one of the two ways. */
export interface SecretUse {
  readonly element: XmlElement;
  /** The uuid or usage. */
  readonly attribute: XmlAttribute;
  readonly reference: SecretReference;
  /** What a secret that is used here must be for. */
  readonly usageType: UsageType;
}

/** libvirt's words for what secrets are for. */
export type UsageType = 'ceph' | 'iscsi' | 'volume';

/** What secrets a source or an encryption of the document uses. Those without or with two references are left out. */
export const secretUsesOf = oncePer((document: XmlDocument): readonly SecretUse[] => [
  ...authsOf(document).flatMap(({ secret, protocol }) =>
    secret === undefined || protocol === undefined ? [] : useOf(secret, usageTypes[protocol]),
  ),
  ...elementsNamed(document, 'secret').flatMap((element) =>
    element.parent?.localName === 'encryption' && attributeValue(element, 'type') === 'passphrase'
      ? useOf(element, 'volume')
      : [],
  ),
]);

export const usageTypes = { rbd: 'ceph', iscsi: 'iscsi' } as const;

function useOf(element: XmlElement, usageType: UsageType): SecretUse[] {
  const [uuid, usage] = [attributeNamed(element, 'uuid'), attributeNamed(element, 'usage')];
  if (uuid !== undefined && usage !== undefined) return [];
  const attribute = uuid ?? usage;
  if (attribute === undefined || attribute.value === '') return [];
  const reference: SecretReference =
    attribute === uuid ? { uuid: attribute.value } : { usage: attribute.value };
  return [{ element, attribute, reference, usageType }];
}

/** The secret that a reference leads to. By its UUID it may be one for another use, by its usage not. */
export function findSecret(
  secrets: readonly KnownSecret[],
  { reference, usageType }: Pick<SecretUse, 'reference' | 'usageType'>,
): KnownSecret | undefined {
  return 'uuid' in reference
    ? secrets.find(({ uuid }) => uuid === normalUuid(reference.uuid))
    : secrets.find((secret) => secret.usageType === usageType && secret.usageId === reference.usage);
}

/** How people know the secret. */
export function shownReference(reference: SecretReference): string {
  return 'uuid' in reference ? reference.uuid : `"${reference.usage}"`;
}
