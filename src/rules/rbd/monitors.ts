import type { XmlElement } from '../../xml/document.ts';
import { attributeValue, childrenNamed } from '../../xml/queries.ts';
import type { NewElement } from '../../xml/writer.ts';
import type { Monitor } from '../hostKnowledge.ts';

/** A <host> of an RBD source. */
export interface WrittenMonitor extends Monitor {
  readonly element: XmlElement;
}

/** The <host> elements of a source that name a machine. */
export function writtenMonitors(source: XmlElement): readonly WrittenMonitor[] {
  return childrenNamed(source, 'host').flatMap((element) => {
    const name = attributeValue(element, 'name');
    const port = /^\d+$/.exec(attributeValue(element, 'port') ?? '')?.[0];
    return name === undefined ? [] : [{ element, name, port: port === undefined ? undefined : Number(port) }];
  });
}

/** Two ways to name one monitor; without a port it is any of the monitor's. */
export function isSameMonitor(a: Monitor, b: Monitor): boolean {
  return a.name === b.name && (a.port === undefined || b.port === undefined || a.port === b.port);
}

export function sharesMonitor(a: readonly Monitor[], b: readonly Monitor[]): boolean {
  return a.some((monitor) => b.some((other) => isSameMonitor(monitor, other)));
}

/** A <host> that names the monitor. */
export function hostElement({ name, port }: Monitor): NewElement {
  return { name: 'host', attributes: { name, port: port?.toString() } };
}
