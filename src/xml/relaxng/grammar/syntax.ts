import type { Datatype } from '../datatypes/datatype.ts';
import type { NameClass } from '../nameClass.ts';

/** A pattern as a schema writes it, names and datatypes resolved. */
export type Syntax =
  | { readonly kind: 'empty' | 'notAllowed' | 'text' }
  | {
      readonly kind:
        'choice' | 'interleave' | 'group' | 'optional' | 'zeroOrMore' | 'oneOrMore' | 'mixed' | 'list';
      readonly parts: readonly Syntax[];
    }
  | NamedSyntax
  | ReferenceSyntax
  | { readonly kind: 'grammar'; readonly components: readonly Component[] }
  | { readonly kind: 'value'; readonly value: string; readonly exact: boolean }
  | { readonly kind: 'data'; readonly datatype: Datatype };

export interface NamedSyntax {
  readonly kind: 'element' | 'attribute';
  readonly name: NameClass;
  readonly parts: readonly Syntax[];
}

export interface ReferenceSyntax {
  readonly kind: 'ref' | 'parentRef';
  readonly name: string;
  /** The file that it is written in. */
  readonly fileName: string;
}

export type Combine = 'choice' | 'interleave' | undefined;

/** One `<define>`, or one `<start>`, whose name is ''. */
export interface Definition {
  readonly name: string;
  readonly combine: Combine;
  readonly parts: readonly Syntax[];
  readonly fileName: string;
}

/** What a `<grammar>` holds: definitions, and those of another file with some replaced. */
export type Component =
  | { readonly kind: 'definition'; readonly definition: Definition }
  | {
      readonly kind: 'include';
      readonly included: readonly Component[];
      readonly overrides: readonly Component[];
    };
