import type { XmlDocument } from './document.ts';
import { placeOfMalformed } from './refusals/malformed.ts';
import { placeOfMention } from './refusals/mentions.ts';
import { atRoot, type ServerFaultPlace } from './refusals/places.ts';
import { placeInSchemaTrace } from './refusals/schemaTrace.ts';
import { placeInSentence } from './refusals/sentences.ts';

/**
 * Where in the document libvirt's refusal belongs. `message` is the error text of a failed define, create or attach;
 * libvirt gives no place but for malformed XML, so what it cites is looked up in the document that was sent.
 */
export function locateServerFault(document: XmlDocument, message: string): ServerFaultPlace {
  return (
    placeOfMalformed(document, message) ??
    placeInSchemaTrace(document, message) ??
    placeInSentence(document, message) ??
    placeOfMention(document, message) ??
    atRoot(document)
  );
}
