import type { TextRange, XmlDocument, XmlFault } from '../xml/document.ts';
import type { SchemaFault, SchemaFaultKind } from '../xml/relaxng/fault.ts';
import type { Validator } from '../xml/relaxng/validator.ts';
import { checkRules, type RuleSettings } from './check.ts';
import type { HostKnowledge } from './hostKnowledge.ts';
import type { Finding, Severity } from './rule.ts';

interface Described {
  /** Words with hyphens: the kind of the fault, or the id of the rule. */
  readonly code: string;
  readonly severity: Severity;
  readonly range: TextRange;
  /** For a person, in the display language. */
  readonly message: string;
  /** Names or values that fit here, the likeliest first. */
  readonly expected: readonly string[];
}

/** One thing that is wrong with a document, and who says so. */
export type Diagnosis = Described &
  (
    | { readonly source: 'markup'; readonly cause: XmlFault }
    | { readonly source: 'schema'; readonly cause: SchemaFault }
    | { readonly source: 'rule'; readonly cause: Finding }
  );

/** What a document is held to. */
export interface Checks {
  /** Of the schema for the document's kind; undefined when there is none. */
  readonly validator?: Pick<Validator, 'validate'> | undefined;
  /** `none` when the rules are not asked. */
  readonly rules?: RuleSettings | 'none' | undefined;
  /** What the connected host knows. */
  readonly knowledge?: HostKnowledge | undefined;
}

/**
 * All that is wrong with a document, the most important first: errors, warnings, then information; among these broken
 * markup, then what the schema says with what is likelier a cause than a consequence first; then by place. What the
 * schema and a rule say of the same token is said once, by the rule, which knows more of it.
 */
export function checkDocument(document: XmlDocument, checks: Checks): readonly Diagnosis[] {
  const { validator, rules, knowledge } = checks;
  const schemaFaults = validator?.validate(document);
  const findings =
    rules === 'none'
      ? []
      : checkRules(document, knowledge, rules).filter((finding) => stands(finding, schemaFaults));
  const foundAt = new Set(findings.map(placeOf));
  const foundWith = new Set(findings.map((finding) => faultKey(finding.schemaFault, finding)));
  const isSaidTwice = (fault: SchemaFault): boolean =>
    foundWith.has(faultKey(fault.kind, fault)) || (isOfToken(fault) && foundAt.has(placeOf(fault)));
  const saidTwice = new Map((schemaFaults ?? []).filter(isSaidTwice).map((fault) => [placeOf(fault), fault]));
  return [
    ...document.faults.filter((fault) => !isOfStartTag(document, fault, schemaFaults)).map(ofMarkup),
    ...(schemaFaults ?? []).filter((fault) => !isSaidTwice(fault)).map(ofSchema),
    ...findings.map((finding) => ofRule(finding, saidTwice.get(placeOf(finding)))),
  ].sort(
    (a, b) =>
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      sources.indexOf(a.source) - sources.indexOf(b.source) ||
      rankOf(a) - rankOf(b) ||
      a.range.start - b.range.start,
  );
}

const severities: readonly Severity[] = ['error', 'warning', 'information'];
const sources: readonly Diagnosis['source'][] = ['markup', 'schema', 'rule'];

/** What is absent is often a consequence of what is written wrongly or elsewhere: it comes last. */
const ranks: Readonly<Record<SchemaFaultKind, number>> = {
  'unknown-element': 0,
  'unknown-attribute': 0,
  'wrong-value': 0,
  'stray-text': 0,
  'duplicate-element': 0,
  'misplaced-element': 1,
  'misplaced-attribute': 1,
  'missing-text': 1,
  'missing-attribute': 2,
  'missing-element': 2,
};

function rankOf({ source, cause }: Diagnosis): number {
  return source === 'schema' ? ranks[cause.kind] : 0;
}

function placeOf({ range }: { readonly range: TextRange }): string {
  return `${range.start}-${range.end}`;
}

/** Whether an end tag is right and does not match because its start tag is misspelt, which the schema tells. */
function isOfStartTag(
  { text }: XmlDocument,
  { kind, range }: XmlFault,
  schemaFaults: readonly SchemaFault[] = [],
): boolean {
  if (kind !== 'mismatched-end-tag') return false;
  const name = /^<\/([^\s>]+)/.exec(text.slice(range.start, range.end))?.[1];
  return schemaFaults.some(
    (fault) =>
      fault.kind === 'unknown-element' && fault.suggestion === name && fault.elementStart < range.start,
  );
}

function faultKey(kind: SchemaFaultKind | undefined, at: { readonly range: TextRange }): string {
  return `${kind ?? ''} ${placeOf(at)}`;
}

function stands(finding: Finding, schemaFaults: readonly SchemaFault[] | undefined): boolean {
  const { schemaFault } = finding;
  return (
    schemaFault === undefined ||
    schemaFaults === undefined ||
    schemaFaults.some(({ kind, range }) => kind === schemaFault && placeOf({ range }) === placeOf(finding))
  );
}

/** Whether the token itself is wrong. What is missing is said at a token that may be right. */
function isOfToken({ kind }: SchemaFault): boolean {
  return !kind.startsWith('missing-');
}

function ofMarkup(cause: XmlFault): Diagnosis {
  const { kind: code, range, message } = cause;
  return { source: 'markup', cause, code, severity: 'error', range, message, expected: [] };
}

function ofSchema(cause: SchemaFault): Diagnosis {
  const { kind: code, range, message, expected } = cause;
  return { source: 'schema', cause, code, severity: 'error', range, message, expected };
}

/** A finding that speaks for a fault of the schema too is as severe as that. */
function ofRule(cause: Finding, alsoSaid: SchemaFault | undefined): Diagnosis {
  const { ruleId: code, range, message } = cause;
  const severity = alsoSaid ? 'error' : cause.severity;
  return { source: 'rule', cause, code, severity, range, message, expected: alsoSaid?.expected ?? [] };
}
