import type { XmlDocument, XmlFault, XmlFaultKind } from '../../document.ts';
import type { Fix } from '../../fix.ts';
import {
  declareAttributeOnce,
  escapeLessThan,
  insertEquals,
  insertSpace,
  insertValue,
  quoteValue,
  closeValue,
  removeUnexpected,
} from './attributeFixes.ts';
import { closeElement, closeEndTag, closeStartTag, removeEndTag, renameToMatch } from './tagFixes.ts';
import {
  closeCdata,
  closeComment,
  closeInstruction,
  commentOutText,
  declarePrefix,
  escapeAmpersand,
  escapeCdataEnd,
  removeFaulty,
  repairDeclaration,
  spaceHyphens,
} from './otherFixes.ts';

/** What can be done about one fault; none when it has no one answer. */
export type MarkupRepair = (document: XmlDocument, fault: XmlFault) => readonly Fix[];

const none: MarkupRepair = () => [];

const repairs: Readonly<Record<XmlFaultKind, MarkupRepair>> = {
  'no-root': none,
  'second-root': none,
  'text-outside-root': commentOutText,
  'too-deep': none,
  'unclosed-element': closeElement,
  'unclosed-start-tag': closeStartTag,
  'unclosed-end-tag': closeEndTag,
  'mismatched-end-tag': renameToMatch,
  'stray-end-tag': removeEndTag,
  'stray-less-than': escapeLessThan,
  'unexpected-character': removeUnexpected,
  'missing-space': insertSpace,
  'duplicate-attribute': declareAttributeOnce,
  'missing-equals': insertEquals,
  'missing-value': insertValue,
  'unquoted-value': quoteValue,
  'unclosed-value': closeValue,
  'less-than-in-value': escapeLessThan,
  'undeclared-prefix': declarePrefix,
  'bare-ampersand': escapeAmpersand,
  'unknown-entity': escapeAmpersand,
  'invalid-reference': removeFaulty,
  'invalid-character': removeFaulty,
  'unclosed-comment': closeComment,
  'hyphens-in-comment': spaceHyphens,
  'unclosed-cdata': closeCdata,
  'cdata-end-in-text': escapeCdataEnd,
  'unclosed-instruction': closeInstruction,
  'invalid-instruction': removeFaulty,
  'invalid-declaration': repairDeclaration,
  'misplaced-declaration': removeFaulty,
  'unclosed-doctype': none,
  'misplaced-doctype': none,
};

/** The fixes of a fault that the scanner found in this document. */
export function markupFixes(document: XmlDocument, fault: XmlFault): readonly Fix[] {
  return repairs[fault.kind](document, fault);
}
