/** A text with tab stops, for a whole document or a device of a domain. */
export interface Snippet {
  /** `Disk on Ceph RBD`. */
  readonly name: string;
  readonly description: string;
  /** What one types to get it: `disk-rbd`. */
  readonly prefixes: readonly string[];
  /** In VS Code's snippet syntax, the first line without indentation. */
  readonly body: string;
  readonly scope: SnippetScope;
}

/** Where it fits: as a document of its own, or inside a domain's `<devices>`. */
export type SnippetScope = 'document' | 'device';
