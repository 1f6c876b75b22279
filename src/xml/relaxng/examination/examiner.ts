import type { XmlElement } from '../../document.ts';
import { nearest } from '../nearest.ts';
import type { ElementPattern, Pattern } from '../pattern.ts';
import { valuesIn } from '../queries.ts';
import type { Schema } from '../schema.ts';
import { assumptionsFor, isAsLikely, isOf, isWorthAssuming, valuesFor } from './assumptions.ts';
import type { Assumption } from './assumptions.ts';
import { examineAttributes } from './attributes.ts';
import { conflictsWithValue } from './blame.ts';
import { examineChildren } from './children.ts';
import { faultCount } from './finding.ts';
import type { Examination, Finding, Frame } from './finding.ts';
import type { Fitting } from './fitting.ts';

/**
 * Elements with faults that are examined in one document, and attributes and children looked at for other explanations,
 * so that a document full of faults is not examined for ever.
 */
const maxExamined = 2_000;
const maxRetried = 150_000;
/** Values of an attribute that are tried. */
const maxValues = 60;

/**
 * Examines the elements of one document, one element at a time: a child is held to all elements of the schema that it
 * can be, and the parent then goes on as if the child were right. So one fault stays one, and several are all found.
 */
export class Examiner {
  readonly schema: Schema;
  /** Which elements have no fault. */
  readonly fitting: Fitting;
  readonly #examined = new Map<XmlElement, Map<string, Examination>>();
  #examinationsLeft = maxExamined;
  #retriesLeft = maxRetried;

  constructor(schema: Schema, fitting: Fitting) {
    this.schema = schema;
    this.fitting = fitting;
  }

  /** So many elements have been examined that others are not: what is found from now on says less than before. */
  get isSpent(): boolean {
    return this.#examinationsLeft <= 0;
  }

  /** Holds the element to the candidates, whose names fit it. */
  examine(
    element: XmlElement,
    candidates: readonly ElementPattern[],
    parent: Frame | undefined,
  ): Examination {
    const accepted = this.fitting.accepted(element, candidates);
    if (accepted.length > 0) return { findings: [], accepted };
    const key = candidates.map(({ id }) => id).join();
    let examined = this.#examined.get(element);
    if (examined === undefined) this.#examined.set(element, (examined = new Map<string, Examination>()));
    let examination = examined.get(key);
    if (examination === undefined) {
      this.#examinationsLeft--;
      const content = this.schema.patterns.choice(candidates.map((candidate) => candidate.content()));
      examination = { findings: this.#likeliest(element, content, parent), accepted: candidates };
      examined.set(key, examination);
    }
    return examination;
  }

  /** Of the ways in which the element can have come to be as it is, the one with the fewest faults. */
  #likeliest(element: XmlElement, content: Pattern, parent: Frame | undefined): readonly Finding[] {
    const asWritten = this.#run(element, content, parent, undefined);
    if (element.damaged) return asWritten;
    if (!isWorthAssuming(element, asWritten)) return this.#withGuess(asWritten, element, content, parent);
    let best: readonly Finding[] = asWritten;
    let likeliest: Assumption | undefined;
    for (const assumption of assumptionsFor(element, content, asWritten)) {
      if (!this.#mayRetry(element)) break;
      const findings = this.#run(element, content, parent, assumption);
      if (this.isSpent) break;
      const isBetter =
        faultCount(findings) < faultCount(best) ||
        (best === asWritten && isAsLikely(assumption, findings, best));
      if (isBetter) {
        best = findings;
        likeliest = assumption;
      }
    }
    if (likeliest === undefined) return this.#withGuess(best, element, content, parent);
    if (likeliest.kind === 'strange-child') return best;
    return (
      this.#atConflict(asWritten, best, likeliest, element) ??
      this.#withFitting(best, likeliest, element, content, parent)
    );
  }

  /** The findings when the value that another one is assumed for is a known one, and conflicts with one thing only. */
  #atConflict(
    asWritten: readonly Finding[],
    assumed: readonly Finding[],
    assumption: Exclude<Assumption, { kind: 'strange-child' }>,
    element: XmlElement,
  ): readonly Finding[] | undefined {
    const isOwn = (finding: Finding): boolean =>
      finding.frame.element === element && isOf(finding, assumption);
    const own = assumed.find(isOwn);
    if (own?.kind !== 'wrong-value') return undefined;
    if (!this.schema.derivatives.takesValue(own.allowed, own.attribute.value)) return undefined;
    return conflictsWithValue(
      element,
      asWritten,
      assumed.filter((finding) => !isOwn(finding)),
    );
  }

  /** Adds to the first value that is wrong and looks like no other which values go with the rest of the element. */
  #withGuess(
    findings: readonly Finding[],
    element: XmlElement,
    content: Pattern,
    parent: Frame | undefined,
  ): readonly Finding[] {
    const guessed = findings.find(
      (finding) =>
        finding.kind === 'wrong-value' &&
        finding.frame.element === element &&
        nearest(finding.attribute.value, valuesIn(finding.allowed)) === undefined,
    );
    if (guessed?.kind !== 'wrong-value' || !this.#mayRetry(element)) return findings;
    const assumption = { kind: 'other-value', attribute: guessed.attribute, value: undefined } as const;
    return this.#withFitting(findings, assumption, element, content, parent);
  }

  /** Adds to the finding of the assumption which values leave the fewest faults. */
  #withFitting(
    findings: readonly Finding[],
    assumption: Exclude<Assumption, { kind: 'strange-child' }>,
    element: XmlElement,
    content: Pattern,
    parent: Frame | undefined,
  ): readonly Finding[] {
    const counted = valuesFor(content, assumption)
      .slice(0, maxValues)
      .filter(() => this.#mayRetry(element))
      .map((value) => ({
        value,
        count: faultCount(this.#run(element, content, parent, { ...assumption, value })),
      }));
    if (this.isSpent) return findings;
    const least = Math.min(...counted.map(({ count }) => count));
    const fitting = counted.filter(({ count }) => count === least).map(({ value }) => value);
    if (fitting.length === counted.length) return findings;
    return findings.map((finding) =>
      isOf(finding, assumption) && finding.frame.element === element ? { ...finding, fitting } : finding,
    );
  }

  #mayRetry({ attributes, children }: XmlElement): boolean {
    this.#retriesLeft -= 1 + attributes.length + children.length;
    return this.#retriesLeft > 0;
  }

  #run(
    element: XmlElement,
    content: Pattern,
    parent: Frame | undefined,
    assumption: Assumption | undefined,
  ): readonly Finding[] {
    const { frame, findings } = examineAttributes(this.schema, element, content, parent, assumption);
    return [...findings, ...examineChildren(this, frame, assumption)];
  }
}
