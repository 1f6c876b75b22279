import type { XmlAttribute, XmlDocument } from '../../xml/document.ts';
import { attributeNamed, attributeValue } from '../../xml/queries.ts';
import { elementsNamed } from '../wholeElements.ts';

/** An attribute of a domain that names an object of the host. */
export interface NamedObject {
  readonly kind: 'network' | 'pool' | 'volume' | 'nwfilter';
  readonly attribute: XmlAttribute;
  /** Of a volume: its pool. */
  readonly pool: string | undefined;
}

/** The networks, pools, volumes and filters that the devices of a domain name, in order of their kinds. */
export function objectsNamedIn(document: XmlDocument): readonly NamedObject[] {
  const sources = elementsNamed(document, 'source');
  const named = (kind: NamedObject['kind'], attributeName: string, owner: string): readonly NamedObject[] =>
    sources
      .filter(({ parent }) => parent?.localName === owner)
      .flatMap((source) => {
        const attribute = attributeNamed(source, attributeName);
        return attribute === undefined || attribute.value === ''
          ? []
          : [{ kind, attribute, pool: attributeValue(source, 'pool') }];
      });
  const filters = elementsNamed(document, 'filterref').flatMap((reference): readonly NamedObject[] => {
    const attribute = attributeNamed(reference, 'filter');
    return attribute === undefined || attribute.value === ''
      ? []
      : [{ kind: 'nwfilter', attribute, pool: undefined }];
  });
  return [
    ...named('network', 'network', 'interface'),
    ...named('pool', 'pool', 'disk'),
    ...named('volume', 'volume', 'disk'),
    ...filters,
  ];
}
