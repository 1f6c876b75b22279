/** A facet of a datatype, as in `<param name='minInclusive'>1</param>`. */
export interface Facet {
  readonly name: string;
  readonly value: string;
}

/** A datatype of XML Schema with its facets, as a `<data>` of a schema asks for. */
export interface Datatype {
  /** Equal for datatypes that take the same texts. */
  readonly key: string;
  /** As XML Schema names it: `string`, `unsignedInt`. */
  readonly type: string;
  readonly facets: readonly Facet[];
  /** All texts that are taken, when they are few, as of the pattern `tcp|udp`; else empty. */
  readonly values: readonly string[];
  /** Whether the text fits, white space around it counted as libvirt counts it. */
  readonly takes: (text: string) => boolean;
}
