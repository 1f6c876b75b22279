import type { TextRange } from '../document.ts';

/** A line of the outline. */
export interface OutlineEntry {
  /** `disk vda`. */
  readonly name: string;
  /** `rbd libvirt-pool/vm1`; '' when the name says all. */
  readonly detail: string;
  readonly kind: OutlineKind;
  readonly range: TextRange;
  /** The element's name in its start tag. */
  readonly selectionRange: TextRange;
  readonly children: readonly OutlineEntry[];
}

/** VS Code's symbol kinds, as far as they are used. */
export type OutlineKind =
  | 'Module'
  | 'Namespace'
  | 'Class'
  | 'Interface'
  | 'File'
  | 'Key'
  | 'Object'
  | 'Field'
  | 'Property'
  | 'Number'
  | 'Boolean';
