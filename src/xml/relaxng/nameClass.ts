/** Which names an element or attribute pattern takes. libvirt's own names are in no namespace, ''. */
export type NameClass =
  | QualifiedName
  | { readonly kind: 'any'; readonly except: readonly NameClass[] }
  | { readonly kind: 'namespace'; readonly namespace: string; readonly except: readonly NameClass[] }
  | { readonly kind: 'choice'; readonly options: readonly NameClass[] };

export interface QualifiedName {
  readonly kind: 'name';
  readonly namespace: string;
  readonly localName: string;
}

/** What has a name: XmlElement and XmlAttribute fit. */
export interface Named {
  readonly namespace: string;
  readonly localName: string;
}

export function takesName(nameClass: NameClass, named: Named): boolean {
  switch (nameClass.kind) {
    case 'name':
      return nameClass.localName === named.localName && nameClass.namespace === named.namespace;
    case 'any':
      return !nameClass.except.some((except) => takesName(except, named));
    case 'namespace':
      return (
        nameClass.namespace === named.namespace &&
        !nameClass.except.some((except) => takesName(except, named))
      );
    case 'choice':
      return nameClass.options.some((option) => takesName(option, named));
  }
}

/** The names that are spelt out; a class that takes any name adds none. */
export function namesOf(nameClass: NameClass): readonly QualifiedName[] {
  switch (nameClass.kind) {
    case 'name':
      return [nameClass];
    case 'choice':
      return nameClass.options.flatMap(namesOf);
    default:
      return [];
  }
}

/** Whether the class takes names that it does not spell out. */
export function isOpen(nameClass: NameClass): boolean {
  return nameClass.kind === 'choice' ? nameClass.options.some(isOpen) : nameClass.kind !== 'name';
}
