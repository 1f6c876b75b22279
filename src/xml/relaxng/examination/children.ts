import type { XmlElement } from '../../document.ts';
import { childElements } from '../../queries.ts';
import { isBlank } from '../derivatives.ts';
import { allNearest, nearest } from '../nearest.ts';
import type { ElementPattern } from '../pattern.ts';
import {
  elementsIn,
  firstElements,
  localNames,
  named,
  namedExactly,
  requiredElements,
  takesText,
} from '../queries.ts';
import type { Assumption } from './assumptions.ts';
import type { Examiner } from './examiner.ts';
import { maxTold } from './finding.ts';
import type { Finding, Frame } from './finding.ts';
import { Sequence } from './sequence.ts';
import type { Blocker } from './sequence.ts';
import { contentOf } from './texts.ts';
import type { TextPiece } from './texts.ts';

/** Holds the children and the text of an element to what its attributes leave for them. */
export function examineChildren(
  examiner: Examiner,
  frame: Frame,
  assumption: Assumption | undefined,
): readonly Finding[] {
  const strange = assumption?.kind === 'strange-child' ? assumption.child : undefined;
  return new ChildrenOfOne(examiner, frame).examine(strange);
}

class ChildrenOfOne {
  readonly #examiner: Examiner;
  readonly #frame: Frame;
  readonly #sequence: Sequence;
  readonly #findings: Finding[] = [];
  /** Children that are not as they should be: refused, or with faults inside. */
  #faulty = 0;
  #further: { readonly first: XmlElement; count: number } | undefined;
  #strayTexts = 0;

  constructor(examiner: Examiner, frame: Frame) {
    this.#examiner = examiner;
    this.#frame = frame;
    this.#sequence = new Sequence(examiner.schema.derivatives, frame.body);
  }

  examine(strange: XmlElement | undefined): readonly Finding[] {
    const pieces = contentOf(this.#frame.element);
    const [only] = pieces;
    if (only === undefined || (pieces.length === 1 && 'text' in only)) {
      this.#examineText(only);
      return this.#findings;
    }
    for (const piece of pieces) {
      if ('text' in piece) this.#takeText(piece);
      else if (piece === strange) this.#misplaced(piece, undefined, true);
      else this.#takeChild(piece);
    }
    if (!this.#sequence.left.nullable) this.#reportMissing();
    if (this.#further !== undefined) {
      const { count, first } = this.#further;
      this.#findings.push({
        kind: 'further-faults',
        frame: this.#frame,
        count,
        first: { child: first },
      });
    }
    return this.#findings;
  }

  /** The element has no children, at most text. */
  #examineText(piece: TextPiece | undefined): void {
    const { derivatives } = this.#examiner.schema;
    const allowed = this.#sequence.left;
    const text = piece?.text ?? '';
    if (derivatives.takesValue(allowed, text)) return;
    const frame = this.#frame;
    const canHaveText = takesText(allowed);
    if (piece === undefined || isBlank(text)) {
      if (canHaveText && requiredElements(allowed).length === 0) {
        this.#findings.push({ kind: 'missing-text', frame, allowed });
      } else {
        this.#reportMissing();
      }
    } else if (canHaveText) {
      this.#findings.push({ kind: 'wrong-text', frame, range: piece.range, text, allowed });
    } else {
      this.#findings.push({ kind: 'stray-text', frame, range: piece.range, text });
      if (!allowed.nullable) this.#reportMissing();
    }
  }

  #takeText({ text, range }: TextPiece): void {
    if (isBlank(text) || this.#sequence.takeText(text) || this.#strayTexts++ >= maxTold) return;
    this.#findings.push({ kind: 'stray-text', frame: this.#frame, range, text });
  }

  #takeChild(child: XmlElement): void {
    const candidates = named(firstElements(this.#sequence.left), child);
    if (this.#isPlain(child, candidates)) return;
    if (candidates.length === 0) {
      this.#refuse(child);
      return;
    }
    if (this.#belongsFurtherOut(child, candidates)) this.#misplaced(child, undefined, true);
    else this.#step(child, candidates);
  }

  /** The child is right, or one more after so many faulty ones that it is only counted: nothing is to be told of it. */
  #isPlain(child: XmlElement, candidates: readonly ElementPattern[]): boolean {
    const accepted = this.#examiner.fitting.accepted(child, candidates);
    if (accepted.length > 0) {
      this.#sequence.take(child, accepted);
      return true;
    }
    if (++this.#faulty <= maxTold && !this.#examiner.isSpent) return false;
    if (candidates.length > 0) this.#sequence.take(child, candidates);
    this.#further ??= { first: child, count: 0 };
    this.#further.count++;
    return true;
  }

  /** Much is wrong with the child, but one of the elements around takes it as it is. */
  #belongsFurtherOut(child: XmlElement, candidates: readonly ElementPattern[]): boolean {
    if (this.#examiner.examine(child, candidates, this.#frame).findings.length < 2) return false;
    for (let outer = this.#frame.parent; outer !== undefined; outer = outer.parent) {
      const fits = namedExactly(elementsIn(outer.content), child);
      if (fits.length > 0 && this.#examiner.examine(child, fits, outer).findings.length === 0) return true;
    }
    return false;
  }

  #step(child: XmlElement, candidates: readonly ElementPattern[]): void {
    this.#sequence.take(child, this.#lookInto(child, candidates));
  }

  #lookInto(child: XmlElement, candidates: readonly ElementPattern[]): readonly ElementPattern[] {
    const { findings, accepted } = this.#examiner.examine(child, candidates, this.#frame);
    for (const finding of findings) this.#findings.push(finding);
    return accepted;
  }

  /** The child may not come here. */
  #refuse(child: XmlElement): void {
    const frame = this.#frame;
    const ever = named(elementsIn(frame.body), child);
    if (ever.length === 0) {
      this.#refuseName(child);
      return;
    }
    const blocker = this.#sequence.blockerOf(child, ever);
    if (blocker?.element.name === child.name) {
      this.#findings.push({ kind: 'duplicate-element', frame, child, first: blocker.element });
      return;
    }
    this.#misplaced(child, blocker);
    this.#lookInto(child, ever);
  }

  #misplaced(child: XmlElement, blocker: Blocker | undefined, isStranger = false): void {
    this.#findings.push({
      kind: 'misplaced-element',
      frame: this.#frame,
      child,
      before: this.#sequence.left,
      blocker: blocker?.element,
      fitsBefore: blocker?.fitsBefore ?? false,
      isStranger,
    });
  }

  /** The child has a name that no child has: it stands in for the one that it looks like. */
  #refuseName(child: XmlElement): void {
    const frame = this.#frame;
    const before = this.#sequence.left;
    const inOtherContext = named(elementsIn(frame.content), child);
    const candidates = this.#lookAlikes(child);
    const [candidate] = candidates;
    const meant = candidate && localNames([candidate])[0];
    const isKnown = inOtherContext.length > 0 || this.#examiner.schema.index.has(child);
    const isMisspelt =
      candidates.length > 0 &&
      !(isKnown && this.#examiner.examine(child, candidates, frame).findings.length > 0);
    if (isMisspelt && meant !== undefined) {
      this.#findings.push({ kind: 'unknown-element', frame, child, meant, before, missing: [] });
      this.#step(child, candidates);
    } else if (isKnown) {
      this.#misplaced(child, undefined);
      if (inOtherContext.length > 0) this.#lookInto(child, inOtherContext);
    } else {
      const gone = this.#nearestLater(child);
      this.#findings.push({ kind: 'unknown-element', frame, child, meant: gone, before, missing: [] });
    }
  }

  /** The elements that may come here and are spelt nearly so: of several those that the child fits otherwise. */
  #lookAlikes(child: XmlElement): readonly ElementPattern[] {
    const first = firstElements(this.#sequence.left);
    const required = allNearest(child.localName, requiredElements(this.#sequence.left));
    const near = required.length > 0 ? required : allNearest(child.localName, localNames(first));
    const written = new Set(childElements(this.#frame.element).map(({ localName }) => localName));
    const missing = near.filter((name) => !written.has(name));
    const meant = missing.length > 0 ? missing : near;
    const alike = meant.map((name) => first.filter((element) => localNames([element]).includes(name)));
    const fitting = alike.find(
      (candidates) => this.#examiner.examine(child, candidates, this.#frame).findings.length === 0,
    );
    return fitting ?? alike[0] ?? [];
  }

  #nearestLater(child: XmlElement): string | undefined {
    return nearest(child.localName, localNames(elementsIn(this.#frame.body)));
  }

  #reportMissing(): void {
    const { left } = this.#sequence;
    const frame = this.#frame;
    const required = requiredElements(left);
    const names = required.length > 0 ? required : localNames(firstElements(left));
    const at = this.#findings.findIndex(
      (finding) =>
        finding.kind === 'unknown-element' && finding.meant === undefined && finding.frame === frame,
    );
    const stranger = this.#findings[at];
    if (stranger?.kind === 'unknown-element') this.#findings[at] = { ...stranger, missing: names };
    else this.#findings.push({ kind: 'missing-element', frame, names, anyOf: required.length === 0, left });
  }
}
