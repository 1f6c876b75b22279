import type { XmlAttribute } from '../../xml/document.ts';
import { attributeNamed, childNamed } from '../../xml/queries.ts';
import { devicesNamed, type WrittenDomain } from '../domain/writtenDomains.ts';

/** The `order` of each device that says when it is booted from. */
export function bootOrdersOf(domain: WrittenDomain): readonly XmlAttribute[] {
  return devicesNamed(domain, 'disk', 'interface', 'hostdev', 'redirdev').flatMap((device) => {
    const boot = childNamed(device, 'boot');
    const order = boot && attributeNamed(boot, 'order');
    return order === undefined ? [] : [order];
  });
}
