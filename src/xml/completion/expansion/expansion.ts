import type { NamespaceScope } from '../../document.ts';
import { namesOf, type QualifiedName } from '../../relaxng/nameClass.ts';
import type { AttributePattern, ElementPattern, Pattern } from '../../relaxng/pattern.ts';
import { attributesIn, elementsIn, localNames, takesText } from '../../relaxng/queries.ts';
import { libvirtLayout, type Layout, type NewElement, type NewValue, writeSnippet } from '../../writer.ts';
import { NewElementView } from '../elementView.ts';
import type { ElementView } from '../knownValues.ts';
import type { Values } from '../values.ts';
import { prefixedName } from '../../prefixes.ts';
import { sampleOf } from './samples.ts';
import type { Skeletons } from './skeleton.ts';

/** Choices beyond these are of no help in a list. */
const maxChoices = 60;

/** Writes elements in their simplest valid form, with a tab stop for each value. */
export class Expansion {
  readonly skeletons: Skeletons;
  readonly #values: Values;

  constructor(skeletons: Skeletons, values: Values) {
    this.skeletons = skeletons;
    this.#values = values;
  }

  /** The element as a snippet; undefined when it cannot be written. */
  snippet(
    element: ElementPattern,
    name: QualifiedName,
    parent: ElementView | undefined,
    scope: NamespaceScope,
    layout: Layout,
  ): string | undefined {
    const writing = new Writing(this.skeletons, this.#values, scope);
    const written = writing.element(element, name, parent);
    if (written === undefined) return unknownContent(name, scope);
    const isBare = written.text === undefined && written.children?.length === 0;
    if (!isBare) return writeSnippet(written, layout);
    const content = element.content();
    if (holdsContent(element, name.localName)) {
      return writeSnippet({ ...written, text: { stop: 0, choices: [''] } }, layout);
    }
    const snippet = writeSnippet(written, layout);
    const awaitsAttributes =
      Object.keys(written.attributes ?? {}).length === 0 && attributesIn(content).length > 0;
    return awaitsAttributes ? `${snippet.slice(0, -'/>'.length)} $0/>` : snippet;
  }

  /** Attributes as a snippet, without white space around them. */
  attributes(
    attributes: readonly { readonly name: string; readonly value: Pattern }[],
    owner: ElementView,
    layout: Layout,
  ): string {
    const writing = new Writing(this.skeletons, this.#values, new Map());
    const written = attributes.map(({ name, value }) => [name, writing.value(owner, name, value)] as const);
    const element = writeSnippet({ name: 'x', attributes: Object.fromEntries(written) }, layout);
    return element.slice('<x '.length, -'/>'.length);
  }

  /** A text that the element may hold, as a snippet. */
  text(owner: ElementView, content: Pattern, layout: Layout): string {
    const writing = new Writing(this.skeletons, this.#values, new Map());
    const element = writeSnippet({ name: 'x', text: writing.value(owner, undefined, content) }, layout);
    return element.slice('<x>'.length, -'</x>'.length);
  }

  /** The children that the content cannot do without, as snippets; undefined when they cannot be written. */
  required(
    content: Pattern,
    parent: ElementView,
    scope: NamespaceScope,
    layout: Layout,
  ): { readonly names: readonly string[]; readonly snippet: string } | undefined {
    const children = this.skeletons.least(content, parent.name)?.children ?? [];
    const writing = new Writing(this.skeletons, this.#values, scope);
    const written = children.flatMap((child) => {
      const [name] = namesOf(child.name);
      return (name && writing.element(child, name, parent)) ?? [];
    });
    if (written.length === 0) return undefined;
    const between = layout.eol + layout.indentation;
    return {
      names: written.map(({ name }) => name),
      snippet: written.map((element) => writeSnippet(element, layout)).join(between),
    };
  }
}

/** An element of which no valid form is known. */
function unknownContent(name: QualifiedName, scope: NamespaceScope): string | undefined {
  const prefixed = prefixedName(name, scope);
  return prefixed && writeSnippet({ ...prefixed, text: { stop: 0, choices: [''] } }, libvirtLayout);
}

/** One element on its way into text: counts its tab stops. */
class Writing {
  readonly #skeletons: Skeletons;
  readonly #values: Values;
  readonly #scope: NamespaceScope;
  #stop = 0;

  constructor(skeletons: Skeletons, values: Values, scope: NamespaceScope) {
    this.#skeletons = skeletons;
    this.#values = values;
    this.#scope = scope;
  }

  element(
    element: ElementPattern,
    name: QualifiedName,
    parent: ElementView | undefined,
  ): NewElement | undefined {
    const skeleton = this.#skeletons.ofElement(element, parent?.name);
    const prefixed = prefixedName(name, this.#scope);
    if (skeleton === undefined || prefixed === undefined) return undefined;
    const view = new NewElementView(name.localName, parent);
    const attributes: Record<string, NewValue> = { ...prefixed.declaration };
    for (const attribute of skeleton.attributes) this.#attribute(attribute, view, attributes);
    const text = skeleton.text && this.value(view, undefined, skeleton.text);
    const children: NewElement[] = [];
    for (const child of skeleton.children) {
      const [childName] = namesOf(child.name);
      const written = childName && this.element(child, childName, view);
      if (written !== undefined) children.push(written);
    }
    return { name: prefixed.name, attributes, children, ...(text === undefined ? {} : { text }) };
  }

  #attribute(attribute: AttributePattern, view: NewElementView, attributes: Record<string, NewValue>): void {
    const [name] = namesOf(attribute.name);
    if (name === undefined) return;
    const value = this.value(view, name.localName, attribute.value);
    attributes[name.localName] = value;
    view.attributes.set(name.localName, typeof value === 'string' ? value : value.choices[0]);
  }

  /** What is fixed is written out; else a tab stop with what is known to fit. */
  value(view: ElementView, attribute: string | undefined, pattern: Pattern): NewValue {
    if (pattern.kind === 'value') return pattern.value;
    const known = this.#values.at(view, attribute, pattern).map(({ value }) => value);
    const [first = sampleOf(pattern) ?? '', ...others] = known;
    return { stop: ++this.#stop, choices: [first, ...others.slice(0, maxChoices)] };
  }
}

/** Elements that hold something now and then, and mostly attributes alone. */
const mostlyEmpty: ReadonlySet<string> = new Set(['source', 'target', 'driver', 'model', 'address', 'timer']);

/** Asked for each element of a list, whose contents are as large as that of <devices>. */
const filled = new WeakMap<ElementPattern, boolean>();

/** Whether the element is likely to be filled, as <devices> is: then its tags are written apart. */
function holdsContent(element: ElementPattern, name: string): boolean {
  const known = filled.get(element) ?? isLikelyFilled(name, element.content());
  filled.set(element, known);
  return known;
}

function isLikelyFilled(name: string, content: Pattern): boolean {
  if (takesText(content)) return true;
  const children = localNames(elementsIn(content)).length;
  if (children === 0) return false;
  return attributesIn(content).length === 0 || (children >= 3 && !mostlyEmpty.has(name));
}
