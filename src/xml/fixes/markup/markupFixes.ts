import type { XmlDocument, XmlFault, XmlFaultKind } from '../../document.ts';
import { applyEdits } from '../../edits.ts';
import type { Fix } from '../../fix.ts';
import { scan } from '../../scanner/scan.ts';
import {
  declareAttributeOnce,
  escapeLessThan,
  repairLessThan,
  insertEquals,
  insertSpace,
  insertValue,
  quoteValue,
  closeValue,
  removeUnexpected,
} from './attributeFixes.ts';
import {
  closeElement,
  closeEndTag,
  closeStartTag,
  openStartTag,
  removeEndTag,
  renameToMatch,
} from './tagFixes.ts';
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

/** What can be done about one fault, the likeliest first; none when it has no one answer. */
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
  'unopened-start-tag': openStartTag,
  'stray-less-than': repairLessThan,
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

/**
 * The fixes of a fault that the scanner found in this document, the likeliest first. The scanner says nothing of what
 * may follow from a fault, so each fix is tried: one after which there are more faults is left out, and one is preferred
 * only when there are fewer.
 */
export function markupFixes(document: XmlDocument, fault: XmlFault): readonly Fix[] {
  const tried = repairs[fault.kind](document, fault)
    .map((fix) => ({ fix, gain: gainOf(document, fix) }))
    .filter(({ gain }) => gain >= 0);
  const preferred = tried.find(({ fix, gain }) => fix.isPreferred && gain > 0)?.fix;
  const others = tried.map(({ fix }) => fix).filter((fix) => fix !== preferred);
  return [
    ...(preferred === undefined ? [] : [preferred]),
    ...others.map((fix) => ({ ...fix, isPreferred: false })),
  ];
}

/** By how many the faults get fewer. What a person has to fill in counts as one. */
function gainOf(document: XmlDocument, fix: Fix): number {
  if ('snippet' in fix) return 1;
  return document.faults.length - scan(applyEdits(document.text, fix.edits)).faults.length;
}
