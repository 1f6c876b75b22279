import { t } from '../../base/l10n.ts';
import type { XmlFault, XmlFaultKind } from '../document.ts';

/** What a fault says to a person: {0} and {1} are names or pieces of the document. */
const messages: Readonly<Record<XmlFaultKind, (first: string, second: string) => string>> = {
  'no-root': () => t('The document has no element.'),
  'second-root': (name) =>
    t('Only one element may stand at the top of a document; <{0}> is a second one.', name),
  'text-outside-root': () => t('Text must be inside the top element.'),
  'too-deep': (limit) => t('Elements are nested deeper than {0} levels; the rest is not read.', limit),
  'unclosed-element': (name, before) =>
    before === ''
      ? t('<{0}> is not closed: </{0}> is missing.', name)
      : t('<{0}> is not closed: </{1}> comes before </{0}>.', name, before),
  'unclosed-start-tag': (name) => t('The tag <{0} is not closed by >.', name),
  'unclosed-end-tag': (name) => t('The end tag </{0} is not closed by >.', name),
  'mismatched-end-tag': (name, open) =>
    t('</{0}> does not close <{1}>: </{1}> is expected here.', name, open),
  'stray-end-tag': (name) => t('</{0}> has no start tag.', name),
  'unopened-start-tag': (name) => t('The tag <{0}> is not opened: < is missing before {0}.', name),
  'stray-less-than': () => t('A name must follow <. To mean the character itself, write &lt;.'),
  'unexpected-character': (characters, tag) => t('{0} is out of place in the tag <{1}>.', characters, tag),
  'missing-space': (name) => t('A space is missing before the attribute {0}.', name),
  'duplicate-attribute': (name) => t('The attribute {0} is given twice.', name),
  'missing-equals': (name) => t('= is missing between the attribute {0} and its value.', name),
  'missing-value': (name) => t('The attribute {0} has no value.', name),
  'unquoted-value': (name) => t('The value of the attribute {0} must stand in quotes.', name),
  'unclosed-value': (name, quote) => t('The value of the attribute {0} is not closed by {1}.', name, quote),
  'less-than-in-value': () => t('In a value, write < as &lt;.'),
  'undeclared-prefix': (prefix) =>
    t('The namespace prefix {0} is not declared: xmlns:{0} is missing.', prefix),
  'bare-ampersand': () => t('Write & as &amp;.'),
  'unknown-entity': (entity) =>
    t('{0} is not known: XML has &lt; &gt; &amp; &quot; and &apos; only.', entity),
  'invalid-reference': (reference) => t('{0} is not a character that XML allows.', reference),
  'invalid-character': (code) => t('The control character {0} is not allowed in XML.', code),
  'unclosed-comment': () => t('The comment is not closed by -->.'),
  'hyphens-in-comment': () => t('A comment must not hold --.'),
  'unclosed-cdata': () => t('The CDATA section is not closed by ]]>.'),
  'cdata-end-in-text': () => t('In text, write ]]> as ]]&gt;.'),
  'unclosed-instruction': () => t('The processing instruction is not closed by ?>.'),
  'invalid-instruction': () => t('A processing instruction begins with a name, as <?name ...?>.'),
  'invalid-declaration': () => t('An XML declaration reads <?xml version="1.0" encoding="UTF-8"?>.'),
  'misplaced-declaration': () => t('The XML declaration must be the very first thing in the document.'),
  'unclosed-doctype': () => t('The document type is not closed by >.'),
  'misplaced-doctype': () => t('A document type stands once, before the first element.'),
};

/** The faults of one document, as they are found. */
export class FaultList {
  readonly #faults: XmlFault[] = [];
  /** While true, nothing is added: what is found follows from a mistake that has been reported. */
  muted = false;

  add(kind: XmlFaultKind, start: number, end: number, first: string | number = '', second = ''): void {
    if (!this.muted)
      this.#faults.push({ kind, range: { start, end }, message: messages[kind](String(first), second) });
  }

  get isEmpty(): boolean {
    return this.#faults.length === 0;
  }

  sorted(): readonly XmlFault[] {
    return this.#faults.sort((a, b) => a.range.start - b.range.start);
  }
}
