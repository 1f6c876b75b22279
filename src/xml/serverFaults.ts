import type { TextRange, XmlDocument } from './document.ts';

export interface ServerFaultPlace {
  readonly range: TextRange;
  /** `token`: the very name or value; `element`: the element it must be in; `document`: not told, so the root's name. */
  readonly precision: 'token' | 'element' | 'document';
}

/** Where in the document libvirt's refusal belongs. `message` is the error text of a failed define. */
export function locateServerFault(document: XmlDocument, message: string): ServerFaultPlace {
  return { range: document.root?.nameRange ?? { start: 0, end: message.length }, precision: 'document' };
}
