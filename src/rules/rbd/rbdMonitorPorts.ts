import type { XmlDocument } from '../../xml/document.ts';
import { addAttributes, replaceValue } from '../../xml/attributeEdits.ts';
import type { TextEdit } from '../../xml/edits.ts';
import { attributeNamed } from '../../xml/queries.ts';
import type { KnownRbdPool } from '../hostKnowledge.ts';
import type { WrittenMonitor } from './monitors.ts';

/** Where monitors listen for the first version of Ceph's protocol, and for the second. */
export const messengerPorts = { v1: 6789, v2: 3300 } as const;

/** The port that the pools have for the monitor; undefined when they have none or do not agree. */
export function knownPort({ name }: WrittenMonitor, pools: readonly KnownRbdPool[]): number | undefined {
  const ports = new Set(
    pools.flatMap(({ hosts }) => hosts.filter((host) => host.name === name).map((host) => host.port)),
  );
  const [port, ...others] = ports;
  return others.length === 0 ? port : undefined;
}

export function portEdit(document: XmlDocument, { element }: WrittenMonitor, port: number): TextEdit {
  const attribute = attributeNamed(element, 'port');
  return attribute === undefined
    ? addAttributes(document, element, { port: port.toString() })
    : replaceValue(document, attribute, port.toString());
}
