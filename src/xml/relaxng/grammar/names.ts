import type { XmlElement } from '../../document.ts';
import { attributeValue, textOf } from '../../queries.ts';
import type { NameClass } from '../nameClass.ts';
import { broken, unsupported } from '../schemaError.ts';

/** A name class written as an element: `<name>`, `<anyName>`, `<nsName>`, `<choice>` of these. */
export function readName(
  element: XmlElement,
  fileName: string,
  childrenOf: (element: XmlElement) => readonly XmlElement[],
): NameClass {
  const read = (child: XmlElement): NameClass => readName(child, fileName, childrenOf);
  switch (element.localName) {
    case 'name':
      return splitName(element, textOf(element), false);
    case 'anyName':
      return { kind: 'any', except: childrenOf(element).flatMap((except) => childrenOf(except).map(read)) };
    case 'nsName':
      return {
        kind: 'namespace',
        namespace: inheritedNamespace(element),
        except: childrenOf(element).flatMap((except) => childrenOf(except).map(read)),
      };
    case 'choice':
      return { kind: 'choice', options: childrenOf(element).map(read) };
    case 'except':
      throw broken(fileName, element.name, 'except stands outside anyName and nsName');
    default:
      throw unsupported(fileName, `<${element.name}>`);
  }
}

/** A name as written: with a prefix, or in the namespace that `ns` says; that of elements around counts not for attributes. */
export function splitName(element: XmlElement, written: string, isAttribute: boolean): NameClass {
  const name = written.trim();
  const colon = name.indexOf(':');
  if (colon >= 0) {
    const namespace = element.scope.get(name.slice(0, colon)) ?? '';
    return { kind: 'name', namespace, localName: name.slice(colon + 1) };
  }
  const namespace = isAttribute ? (attributeValue(element, 'ns') ?? '') : inheritedNamespace(element);
  return { kind: 'name', namespace, localName: name };
}

function inheritedNamespace(element: XmlElement): string {
  for (let at: XmlElement | undefined = element; at !== undefined; at = at.parent) {
    const namespace = attributeValue(at, 'ns');
    if (namespace !== undefined) return namespace;
  }
  return '';
}
