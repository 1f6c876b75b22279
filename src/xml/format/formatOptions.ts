/** The editor's settings of indentation. */
export interface FormatOptions {
  readonly insertSpaces: boolean;
  /** Columns that one level takes, and that a tab goes to the next multiple of. */
  readonly tabSize: number;
}

/** libvirt's own. */
export const libvirtFormat: FormatOptions = { insertSpaces: true, tabSize: 2 };
