/** Where schemas come from. */
export type SchemaOrigin =
  /** They came with this program. */
  | { readonly kind: 'packaged' }
  /** Read from a host that a person has connected to. */
  | { readonly kind: 'host'; readonly hostName: string }
  /** A folder that somebody named. */
  | { readonly kind: 'folder'; readonly path: string };

/** The schemas of one libvirt release: RELAX NG files that include one another. The texts are kept packed. */
export interface SchemaSet {
  /** libvirt's version, `9.0.0`; undefined when it is not known. */
  readonly version: string | undefined;
  readonly origin: SchemaOrigin;
  /** The same for sets with the same texts, wherever they come from. */
  readonly digest: string;
  /** The terms that the texts come with; undefined when none lay beside them. */
  readonly licence: string | undefined;
  /** Sorted: `basictypes.rng`, `domain.rng` ... */
  readonly fileNames: readonly string[];
  /** The text of one of them; undefined when the set has no file of that name. */
  read(fileName: string): string | undefined;
}
