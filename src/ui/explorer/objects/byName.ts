const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** `web2` before `web10`. */
export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return collator.compare(a.name, b.name);
}
