import type { XmlAttribute, XmlElement } from '../../document.ts';
import { judgedAttributes, takeAttributes } from '../attributes.ts';
import { nearest } from '../nearest.ts';
import type { Pattern } from '../pattern.ts';
import { attributesIn, localNames, named, requiredAttributes, valuesIn } from '../queries.ts';
import type { Schema } from '../schema.ts';
import type { Assumption } from './assumptions.ts';
import { maxTold } from './finding.ts';
import type { Finding, Frame } from './finding.ts';

type WithoutFrame<F> = F extends Finding ? Omit<F, 'frame'> : never;

export interface AttributeExamination {
  readonly frame: Frame;
  readonly findings: readonly Finding[];
}

/** Holds the attributes of an element to what it may have, and tells what that leaves for its children. */
export function examineAttributes(
  schema: Schema,
  element: XmlElement,
  content: Pattern,
  parent: Frame | undefined,
  assumption: Assumption | undefined,
): AttributeExamination {
  return new AttributesOfOne(schema, element, content).examine(parent, assumption);
}

class AttributesOfOne {
  readonly #schema: Schema;
  readonly #element: XmlElement;
  readonly #content: Pattern;
  readonly #findings: WithoutFrame<Finding>[] = [];
  /** What is left of the content. */
  #left: Pattern;
  readonly #taken: ReadonlySet<string>;

  constructor(schema: Schema, element: XmlElement, content: Pattern) {
    this.#schema = schema;
    this.#element = element;
    this.#content = content;
    this.#left = content;
    this.#taken = new Set(element.attributes.map(({ localName }) => localName));
  }

  examine(parent: Frame | undefined, assumption: Assumption | undefined): AttributeExamination {
    const { derivatives } = this.#schema;
    this.#assume(assumption);
    const assumed = assumption?.kind === 'other-value' ? assumption.attribute : undefined;
    const attributes = judgedAttributes(this.#element).filter((attribute) => attribute !== assumed);
    const { left, refused } = takeAttributes(derivatives, this.#left, attributes);
    this.#left = left;
    for (const attribute of refused.slice(0, maxTold)) this.#refuse(attribute);
    const further = refused[maxTold];
    if (further !== undefined) {
      const count = refused.length - maxTold;
      this.#findings.push({ kind: 'further-faults', count, first: { attribute: further } });
    }
    const closed = derivatives.endAttributes(this.#left);
    const isComplete = closed.kind !== 'notAllowed';
    if (!isComplete) this.#reportMissing();
    const body = isComplete ? closed : derivatives.dropAttributes(this.#left);
    const frame: Frame = {
      element: this.#element,
      parent,
      content: this.#content,
      afterAttributes: this.#left,
      body,
    };
    return { frame, findings: this.#findings.map((finding): Finding => ({ ...finding, frame })) };
  }

  #assume(assumption: Assumption | undefined): void {
    const { derivatives } = this.#schema;
    if (assumption?.kind === 'other-value') {
      const { attribute, value } = assumption;
      this.#left = this.#takenAs(attribute, value) ?? this.#left;
      this.#findings.push({
        kind: 'wrong-value',
        attribute,
        allowed: this.#valuesOf(this.#content, attribute),
      });
    } else if (assumption?.kind === 'left-out') {
      const { name, value } = assumption;
      const attribute = { namespace: '', localName: name };
      this.#left =
        value === undefined
          ? derivatives.attributeNamed(this.#left, attribute)
          : derivatives.attribute(this.#left, { ...attribute, value });
      this.#findings.push({ kind: 'missing-attribute', names: [name], anyOf: false });
    }
  }

  #refuse(attribute: XmlAttribute): void {
    if (named(attributesIn(this.#content), attribute).length === 0) {
      this.#refuseName(attribute);
      return;
    }
    const now = this.#valuesOf(this.#left, attribute);
    const ever = this.#valuesOf(this.#content, attribute);
    const isPossibleNow = now.kind !== 'notAllowed';
    if (!isPossibleNow && this.#schema.derivatives.takesValue(ever, attribute.value)) {
      this.#findings.push({ kind: 'misplaced-attribute', attribute });
      return;
    }
    const allowed = isPossibleNow ? now : ever;
    this.#findings.push({ kind: 'wrong-value', attribute, allowed });
    const meant = nearest(attribute.value, valuesIn(allowed));
    this.#left = this.#takenAs(attribute, meant) ?? this.#takenAs(attribute, undefined) ?? this.#left;
  }

  /** The attribute has a name that the element never takes: it stands in for the one it looks like. */
  #refuseName(attribute: XmlAttribute): void {
    const free = (names: readonly string[]): readonly string[] =>
      names.filter((name) => !this.#taken.has(name));
    const meant =
      nearest(attribute.localName, free(requiredAttributes(this.#left))) ??
      nearest(attribute.localName, free(localNames(attributesIn(this.#left)))) ??
      nearest(attribute.localName, free(localNames(attributesIn(this.#content))));
    this.#findings.push({ kind: 'unknown-attribute', attribute, meant, missing: [] });
    if (meant === undefined) return;
    const asMeant = { ...attribute, namespace: '', localName: meant };
    this.#left = this.#takenAs(asMeant, attribute.value) ?? this.#takenAs(asMeant, undefined) ?? this.#left;
  }

  #reportMissing(): void {
    const required = requiredAttributes(this.#left);
    const names = required.length > 0 ? required : localNames(attributesIn(this.#left));
    const at = this.#findings.findIndex(
      (finding) => finding.kind === 'unknown-attribute' && finding.meant === undefined,
    );
    const stranger = this.#findings[at];
    if (stranger?.kind === 'unknown-attribute') this.#findings[at] = { ...stranger, missing: names };
    else this.#findings.push({ kind: 'missing-attribute', names, anyOf: required.length === 0 });
  }

  /** What is left when the attribute has the value, or any; undefined when it cannot. */
  #takenAs(
    attribute: { namespace: string; localName: string },
    value: string | undefined,
  ): Pattern | undefined {
    const { derivatives } = this.#schema;
    const { namespace, localName } = attribute;
    const left =
      value === undefined
        ? derivatives.attributeNamed(this.#left, { namespace, localName })
        : derivatives.attribute(this.#left, { namespace, localName, value });
    return left.kind === 'notAllowed' ? undefined : left;
  }

  #valuesOf(pattern: Pattern, attribute: XmlAttribute): Pattern {
    const found = named(attributesIn(pattern), attribute);
    return this.#schema.patterns.choice(found.map(({ value }) => value));
  }
}
