import type { TextEdit } from '../../edits.ts';
import type { Fix } from '../../fix.ts';

/** The fix of a fault that has one answer. */
export function fixOf(
  title: string,
  ...edits: readonly TextEdit[]
): Fix & { readonly edits: readonly TextEdit[] } {
  return { title, isPreferred: true, edits };
}

export function insertion(offset: number, newText: string): TextEdit {
  return { range: { start: offset, end: offset }, newText };
}
