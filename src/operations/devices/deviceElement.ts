import { libvirtLayout, writeElement, type NewElement } from '../../xml/writer.ts';
import type { XmlElement } from '../../libvirt/model/element.ts';

/** An element that libvirt has written, to be changed and sent back. */
export function editable(element: XmlElement): NewElement {
  return {
    name: element.name,
    attributes: Object.fromEntries(element.attributes),
    ...(element.text === '' ? {} : { text: element.text }),
    children: element.elements.map(editable),
  };
}

/** The element with this child in the place of those of its name; with undefined, without them. */
export function withChild(element: NewElement, name: string, child: NewElement | undefined): NewElement {
  const { children = [] } = element;
  const at = children.findIndex((one) => one.name === name);
  const others = children.filter((one) => one.name !== name);
  const added = child ? [child] : [];
  const place = at < 0 ? others.length : at;
  return { ...element, children: [...others.slice(0, place), ...added, ...others.slice(place)] };
}

/** The document that libvirt takes for one device. */
export function deviceXml(element: NewElement): string {
  return writeElement(element, libvirtLayout);
}
