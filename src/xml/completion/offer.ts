import type { TextRange, XmlElement } from '../document.ts';

export type OfferKind = 'element' | 'attribute' | 'value' | 'end-tag';

/** One thing that can stand where the cursor is. */
export interface Offer {
  readonly kind: OfferKind;
  /** The name or value alone, as it is shown: `disk`, `bus`, `virtio`; `/devices` for an end tag. */
  readonly label: string;
  /** What is compared with the text in the range while typing: `<disk` where the range begins with the `<`. */
  readonly filterText: string;
  /** What replaces the range, in VS Code's snippet syntax, already indented: keep its white space. */
  readonly snippet: string;
  /** Without it what stands around is not valid. */
  readonly isRequired: boolean;
  /** A sentence on what it is, or where it comes from; undefined when there is nothing to say beyond the label. */
  readonly detail?: string | undefined;
}

/** Everything that fits at an offset. */
export interface Completions {
  /** What is typed so far and what the offers replace: on one line, the cursor in it or at its end. */
  readonly range: TextRange;
  /** The element whose children, attributes, values or text are offered; undefined at the top. */
  readonly element: XmlElement | undefined;
  /** The attribute whose values are offered. */
  readonly attribute?: string | undefined;
  /** The best first: an editor keeps this order among those that match what is typed. */
  readonly offers: readonly Offer[];
}

export const noCompletions = (offset: number): Completions => ({
  range: { start: offset, end: offset },
  element: undefined,
  offers: [],
});
