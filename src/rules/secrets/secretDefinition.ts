import type { XmlDocument, XmlElement } from '../../xml/document.ts';
import { attributeValue, childElements, childNamed, textOf } from '../../xml/queries.ts';
import { oncePer } from '../oncePer.ts';
import { elementsNamed, isWhole } from '../wholeElements.ts';

/** The secret that a document defines. */
export interface SecretDefinition {
  readonly secret: XmlElement;
  readonly usage: XmlElement | undefined;
  /** libvirt's word: ceph, iscsi, volume, tls, vtpm; none when it has no usage. */
  readonly usageType: string;
  /** What it is used for: the text of the child of <usage>. */
  readonly usageId: string | undefined;
}

/** undefined when the document defines no secret, or one with damaged tags. */
export const secretDefinitionOf = oncePer((document: XmlDocument): SecretDefinition | undefined => {
  const secret = elementsNamed(document, 'secret').find(({ parent }) => parent === undefined);
  if (secret === undefined || !isWhole(secret)) return undefined;
  const usage = childNamed(secret, 'usage');
  const usageType = (usage && attributeValue(usage, 'type')) ?? 'none';
  const [first] = usage === undefined ? [] : childElements(usage);
  const id = first && textOf(first).trim();
  return { secret, usage, usageType, usageId: id === '' ? undefined : id };
});
